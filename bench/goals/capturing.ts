import type { Contestant, Goal, Scale, Trial } from '../harness/goal.ts'
import { must, secondsOf } from '../harness/time.ts'
import { pulumi } from '../peers/pulumi.ts'

type Fn = (...args: never[]) => unknown

/** Captures, and returns what tells one capture from another. */
type Capture = (fn: Fn) => Promise<string> | string

async function loadCapture(): Promise<Capture> {
  const { capture } = await import('../../dist/lib/closure/capture.js')
  return fn => capture(fn).hash
}

const multiplyBy = (factor: number) => (value: number) => factor * value

const lookUpIn = (table: Readonly<Record<string, unknown>>) => (key: string) => table[key]

const tableOf = (version: number) =>
  Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`key-${index}`, { index, name: `entry ${version}` }]))

/** In a new process: the capture alone with what it loads by itself (our parser and inspector), and with the import. */
const firstOf = (load: () => Promise<Capture>) => async (): Promise<Contestant> => ({
  async round() {
    const began = performance.now()
    const capture = await load()
    const loaded = performance.now()
    const captured = await capture(multiplyBy(3))
    const ended = performance.now()
    must(captured.length > 0, 'something is captured')
    return { time: (ended - loaded) / 1_000, imported: (ended - began) / 1_000 }
  },
  close: async () => {},
})

/** A new closure each time, as a program makes them. */
const repeated =
  (load: () => Promise<Capture>, make: (turn: number) => Fn, turns: number) =>
  async ({ short }: Scale): Promise<Contestant> => {
    const capture = await load()
    const many = short ? 3 : turns
    let made = 0
    const work = async () => {
      const different = new Set<string>()
      let time = 0
      for (let turn = 0; turn < many; turn++) {
        const fn = make(made++)
        const began = performance.now()
        different.add(await capture(fn))
        time += performance.now() - began
      }
      must(different.size === many, 'each closure is captured with its own variables')
      return time / many / 1_000
    }
    await work()
    return { round: async () => ({ time: await work() }), close: async () => {} }
  }

/** The same function over and over: one whose variables are constants, and one whose variable changes in between. */
async function again({ short }: Scale): Promise<Contestant> {
  const capture = await loadCapture()
  const turns = short ? 10 : 2_000
  const constant = multiplyBy(3)
  let factor = 0
  const changing = (value: number) => factor * value
  const unchanged = async () => {
    const first = await capture(constant)
    const seconds = await secondsOf(async () => {
      for (let turn = 0; turn < turns; turn++) must((await capture(constant)) === first, 'nothing changed')
    })
    return seconds / turns
  }
  const changed = async () => {
    const different = new Set<string>()
    const seconds = await secondsOf(async () => {
      for (let turn = 0; turn < turns; turn++) {
        factor++
        different.add(await capture(changing))
      }
    })
    must(different.size === turns, 'every change is captured')
    return seconds / turns
  }
  for (let warm = 0; warm < 2; warm++) await Promise.all([unchanged(), changed()])
  return { round: async () => ({ unchanged: await unchanged(), changed: await changed() }), close: async () => {} }
}

const noHost = { hostModule: () => undefined, module: () => undefined }

/** From the bytes of a small closure to the function, as for the first job of each code: opened, compiled, made, filled. */
async function revived({ short }: Scale): Promise<Contestant> {
  const { capture } = await import('../../dist/lib/closure/capture.js')
  const { revive } = await import('../../lib/closure/revive/revive.ts')
  const turns = short ? 3 : 50
  let made = 0
  const work = () => {
    let time = 0
    for (let turn = 0; turn < turns; turn++) {
      const factor = made++
      const { bundle, hash } = capture(multiplyBy(factor))
      const began = performance.now()
      const { value } = revive(bundle, `${hash}-${factor}`, noHost)
      time += performance.now() - began
      must((value as Fn)(...([7] as never[])) === factor * 7, 'the function works')
    }
    return time / turns / 1_000
  }
  work()
  return { round: async () => ({ time: work() }), close: async () => {} }
}

const besidePulumi = (
  name: string,
  what: string,
  atMost: number,
  trial: Pick<Trial, 'rounds' | 'contestants' | 'fresh'>,
  more: Trial['bounds'] = [],
): Trial => ({
  name,
  ...trial,
  bounds: [{ what, metric: 'time', against: 'pulumi', atMost, noise: 0.15 }, ...more],
})

/** Work of one thread: it scatters by what else the machine does. */
export const capturing: Goal = {
  number: 5,
  title: 'Capturing a closure',
  trials: [
    besidePulumi('warm', 'capturing a small closure, warm, beside Pulumi', 1 / 10, {
      rounds: 9,
      contestants: {
        'cloud.mp': repeated(loadCapture, multiplyBy, 50),
        pulumi: repeated(pulumi, multiplyBy, 50),
      },
    }),
    besidePulumi(
      'first',
      "a process's first capture beside Pulumi's, both imported",
      1 / 4,
      { fresh: true, rounds: 7, contestants: { 'cloud.mp': firstOf(loadCapture), pulumi: firstOf(pulumi) } },
      [
        {
          what: 'the same with the imports of both',
          metric: 'imported',
          against: 'pulumi',
          atMost: 1 / 4,
          noise: 0.15,
        },
      ],
    ),
    besidePulumi('table', 'capturing a table of 1,000 entries beside Pulumi', 1 / 8, {
      rounds: 7,
      contestants: {
        'cloud.mp': repeated(loadCapture, turn => lookUpIn(tableOf(turn)), 10),
        pulumi: repeated(pulumi, turn => lookUpIn(tableOf(turn)), 10),
      },
    }),
    {
      name: 'again',
      rounds: 9,
      contestants: { 'cloud.mp': again },
      bounds: [
        { what: 'the same function, constants only', metric: 'unchanged', atMost: 20, unit: 'µs', noise: 0.25 },
        { what: 'the same function, a variable changed', metric: 'changed', atMost: 100, unit: 'µs', noise: 0.25 },
      ],
    },
    {
      name: 'revived',
      rounds: 9,
      contestants: { 'cloud.mp': revived },
      bounds: [{ what: 'reviving a small closure', metric: 'time', atMost: 1, unit: 'ms', noise: 0.25 }],
    },
  ],
}
