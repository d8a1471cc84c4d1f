/** What is shown at least behind the point: cents. */
const CENTS = 2
/** Digits that say something. */
const DIGITS = 3

/** USD as people read them, small ones to three digits: `$0.0000123`, `$1.20`. */
export function dollars(value: number): string {
  if (value === 0) return '$0'
  const digits = DIGITS - 1 - Math.floor(Math.log10(value))
  return `$${value.toFixed(Math.max(CENTS, digits))}`
}
