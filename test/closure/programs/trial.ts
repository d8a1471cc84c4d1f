import { inspect } from 'node:util'
import { type Captured, capture } from '../../../lib/closure/capture.ts'
import { CaptureError } from '../../../lib/closure/capture-error.ts'
import { bundleOf } from '../../../lib/closure/emit/bundle.ts'
import { displayName } from '../../../lib/closure/nodes/function-name.ts'
import type { Callable } from '../../../lib/value/captured.ts'
import { Snapshots } from '../../closures/snapshot.ts'
import type { Answer, Order } from './runner.ts'
import { RunnerProcess } from './runner-process.ts'

// The user's process: loads a program several times, and compares what becomes of it elsewhere with what becomes of it here.

export interface Trial {
  /** URLs of the same text, each in a folder of its own. */
  readonly sent: string
  readonly kept: string
  readonly changed: string
  /** Where they lie, as a URL. */
  readonly folder: string
  /** How often it is changed and captured again. */
  readonly rounds: number
}

export interface Verdict {
  readonly failure?: string
  /** Why it was refused. */
  readonly refused?: string
}

interface Program {
  readonly fn: Callable
  readonly step: () => void
}

const there = new RunnerProcess<Order, Answer>(new URL('runner.ts', import.meta.url), error => ({ error }))

process.on('message', (trial: Trial) => {
  void verdict(trial).then(it => process.send?.(it))
})
process.on('disconnect', () => process.exit())

async function verdict(trial: Trial): Promise<Verdict> {
  try {
    return await compare(trial)
  } catch (error) {
    return { failure: `the trial itself failed: ${(error as Error).stack}` }
  }
}

async function load(url: string): Promise<Program> {
  const loaded = (await import(url)) as Program & { readonly default?: Program }
  const { fn, step } = loaded.fn === undefined ? (loaded.default as Program) : loaded
  return { fn, step }
}

async function compare({ sent, kept, changed, folder, rounds }: Trial): Promise<Verdict> {
  const here = await load(sent)
  const first = await captured(here.fn, folder)
  if (!('hash' in first)) return first
  const expected = await outcomeHere((await load(kept)).fn)
  const wrong = await elsewhere(first, expected, 'the first capture')
  if (wrong !== undefined) return wrong
  const beside = await load(changed)
  let last: Captured = first
  for (let round = 0; round < rounds; round++) {
    here.step()
    beside.step()
    const again = await captured(here.fn, round === 0 ? folder : undefined)
    if (!('hash' in again))
      return again.refused === undefined ? again : { failure: `refused after a change: ${again.refused}` }
    last = again
  }
  const after = await outcomeHere(beside.fn)
  const wrongAfter = await elsewhere(last, after, 'the last capture')
  if (wrongAfter !== undefined) return wrongAfter
  const own = await outcomeHere(here.fn)
  return own === after ? {} : differs('what was captured, called here', own, after)
}

/** Captures it in each way: the state stays, and the bytes are the same. */
async function captured(fn: Callable, folder: string | undefined): Promise<Captured | Verdict> {
  using snapshots = folder === undefined ? undefined : new Snapshots(folder)
  const before = snapshots?.of(fn) ?? []
  let it: Captured
  try {
    it = capture(fn)
  } catch (error) {
    if (error instanceof CaptureError) return { refused: error.message }
    return { failure: `capturing threw ${(error as Error).stack}` }
  }
  const again = bundleOf(fn, displayName(fn)).hash
  if (capture(fn).hash !== it.hash) return { failure: 'captured again at once it gives other bytes' }
  if (again !== it.hash) return { failure: 'captured from the start it gives other bytes' }
  const after = snapshots?.of(fn) ?? []
  const at = after.findIndex((line, index) => line !== before[index])
  return at < 0 ? it : { failure: `capturing changed ${before[at]} to ${after[at]}` }
}

async function outcomeHere(fn: Callable): Promise<string> {
  return (await fn()) as string
}

async function elsewhere(it: Captured, expected: string, what: string): Promise<Verdict | undefined> {
  const modules = Object.fromEntries(it.modules.map(({ hash, bytes }) => [hash, bytes]))
  const { outcomes, error } = await there.run({ bundle: it.bundle, hash: it.hash, modules })
  if (outcomes === undefined) return { failure: `${what}: ${error}` }
  for (const [time, outcome] of outcomes.entries()) {
    const which = ['', ', revived again', ', captured and revived there once more'][time]
    if (outcome !== expected) return differs(`${what}${which}`, outcome, expected)
  }
  return undefined
}

function differs(what: string, outcome: string, expected: string): Verdict {
  const [one, other] = [JSON.parse(outcome), JSON.parse(expected)] as [unknown[], unknown[]]
  const at = other.findIndex((it, index) => JSON.stringify(it) !== JSON.stringify(one[index]))
  const shown = [one, other].map(it => inspect(it[at], { depth: 9, breakLength: 200 }))
  return { failure: `${what} gives ${shown[0]} and not ${shown[1]} (number ${at} of ${other.length})` }
}
