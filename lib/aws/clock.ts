import type { Clock } from '../engine/ports/clock.ts'

export const systemClock: Clock = {
  now: () => Date.now(),
  random: () => Math.random(),
}
