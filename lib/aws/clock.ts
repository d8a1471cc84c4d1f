import type { Clock } from '../engine/clock.ts'

export const systemClock: Clock = {
  now: () => Date.now(),
  random: () => Math.random(),
}
