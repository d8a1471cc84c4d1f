import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { capture } from '../../lib/closure/capture.ts'

let count = 0
const counts = () => count
class Tuned {
  static level = 1
  value() {
    return 1
  }
}
const tunes = () => [Tuned.level, new Tuned().value()]
const multiplyBy = (factor: number) => (value: number) => factor * value
const makeCounter = (from: number) => {
  let now = from
  return { up: () => ++now, read: () => now }
}

/** What programs capture over and over: the same function, new ones of one text, objects, instances, shared variables. */
const kinds: readonly ((index: number) => Function)[] = [
  () => counts,
  multiplyBy,
  index => () => index,
  index => {
    const tuned = new Tuned()
    const held = { index, list: [index] }
    return () => [tuned.value(), held.list]
  },
  index => {
    const made = class {
      value = index
    }
    return () => new made().value
  },
  index => makeCounter(index).read,
  index => makeCounter.bind(undefined, index),
  () => tunes,
]

/** Bytes by which 5,000 captures may let the heap grow once all kinds of them were made before. */
const MAX_GROWTH_BYTES = 5e6

test('20,000 captures of what a program varies leave no remote objects and no memory behind', async () => {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const round = async (): Promise<number> => {
    for (let index = 0; index < 5_000; index++) {
      count = index
      capture((kinds[index % kinds.length] as (index: number) => Function)(index))
      // Each has a script of its own, which is read and parsed.
      if (index % 250 === 0) capture(new Function('index', `return () => index + ${index}`)(index) as Function)
    }
    // What is kept to the end of the turn.
    await new Promise(setImmediate)
    collect()
    return process.memoryUsage().heapUsed
  }
  await round()
  await round()
  const before = await round()
  expect((await round()) - before).toBeLessThan(MAX_GROWTH_BYTES)
})
