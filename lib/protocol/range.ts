import type { Range } from './job.ts'

/** The same jids, each once, ascending, in as few ranges as can be. */
export function joined(ranges: readonly Range[]): [number, number][] {
  const sorted = [...ranges].sort((a, b) => a[0] - b[0])
  const result: [number, number][] = []
  for (const [first, count] of sorted) {
    const last = result.at(-1)
    if (last !== undefined && first <= last[0] + last[1]) last[1] = Math.max(last[1], first + count - last[0])
    else result.push([first, count])
  }
  return result
}
