import type { Duration } from '../api.ts'
import { argumentError, shown } from '../argument-error.ts'

const units = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 } as const
const form = /^\s*(\d+(?:\.\d+)?|\.\d+)\s*(ms|s|m|h)$/

/** Milliseconds of a duration: seconds as a number, or a string with its unit. Throws a TypeError that says what is taken. */
export function milliseconds(duration: Duration, name: string): number {
  if (typeof duration === 'number') {
    if (duration >= 0) return duration * 1_000
  } else if (typeof duration === 'string') {
    const [, amount, unit] = form.exec(duration) ?? []
    if (unit !== undefined) return Number(amount) * units[unit as keyof typeof units]
  }
  throw argumentError(
    `${name} is ${shown(duration)}: it takes seconds as a number that is not negative, or a string like '250ms', '90s', '5m' or '2h'.`,
  )
}
