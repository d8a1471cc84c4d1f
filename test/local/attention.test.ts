import { expect, test } from 'vitest'
import type { Launcher } from '../../lib/engine/ports/launcher.ts'
import { AWAKE_MS, attentive } from '../../lib/local/attention.ts'

/** A launcher that only counts, a clock, and the turns of the event loop, which come when they are asked for. */
function rig(cores: number) {
  let time = 0
  let launches = 0
  let turns: (() => void)[] = []
  const launcher: Launcher = {
    wanted: 3,
    workers: 2,
    onWanted: () => undefined,
    close: async () => undefined,
    launch() {
      launches++
      return { done: Promise.resolve(), kill: () => undefined, abandon: () => undefined }
    },
  }
  const made = attentive(launcher, { cores, now: () => time, soon: callback => turns.push(callback) })
  const launch = () => made.launch({} as never, {} as never)
  return {
    made,
    launcher,
    launch,
    launches: () => launches,
    /** Milliseconds pass, and then the loop turns. @returns whether it is kept awake */
    turn(ms: number) {
      time += ms
      const now = turns
      turns = []
      for (const callback of now) callback()
      return turns.length
    },
  }
}

test('the loop is kept awake for a moment after a launch, and then sleeps', () => {
  const { launch, turn, launches } = rig(2)
  expect(turn(0)).toBe(0)
  launch()
  expect(launches()).toBe(1)
  expect(turn(0)).toBe(1)
  expect(turn(AWAKE_MS * 0.9)).toBe(1)
  expect(turn(AWAKE_MS * 0.1)).toBe(0)
  expect(turn(1)).toBe(0)
})

test('another launch keeps it awake for longer, by one callback a turn', () => {
  const { launch, turn } = rig(2)
  launch()
  turn(AWAKE_MS * 0.9)
  launch()
  expect(turn(AWAKE_MS * 0.9)).toBe(1)
  expect(turn(AWAKE_MS)).toBe(0)
  launch()
  expect(turn(0)).toBe(1)
})

test('where there is one core it is the child’s', () => {
  const { made, launcher, launch, turn } = rig(1)
  expect(made).toBe(launcher)
  launch()
  expect(turn(0)).toBe(0)
})

test('all else of the launcher is as it was', () => {
  const { made } = rig(2)
  expect([made.wanted, made.workers, made.waiting]).toEqual([3, 2, 0])
})
