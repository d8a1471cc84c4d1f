const units = ['B', 'kB', 'MB', 'GB'] as const

/** Bytes as people read them: `812 B`, `12.3 MB`. */
export function readableBytes(bytes: number): string {
  let value = bytes
  let unit = 0
  while (value >= 1_000 && unit < units.length - 1) {
    value /= 1_000
    unit++
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit]}`
}
