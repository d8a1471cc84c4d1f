import { pathToFileURL } from 'node:url'
import { inspect, isDeepStrictEqual } from 'node:util'
import { type Captured, capture } from '../../lib/closure/capture.ts'
import { CaptureError } from '../../lib/closure/capture-error.ts'
import { bundleOf } from '../../lib/closure/emit/bundle.ts'
import { heldBy } from '../../lib/closure/held-by.ts'
import { displayName } from '../../lib/closure/nodes/function-name.ts'
import { decodeParcel, encodeParcel } from '../../lib/closure/parcel.ts'
import { gather } from '../../lib/value/encode.ts'
import { Calls } from './calls.ts'
import { type Case, type Expectation, readCase } from './case-folder.ts'
import { Snapshots } from './snapshot.ts'
import { ThereProcess } from './there-process.ts'

// The user's process: loads inputs one after another, captures, and judges what came of it elsewhere.

export interface Task {
  readonly name: string
  /** Only the bytes are wanted, to compare them with another process's. */
  readonly bytesOnly: boolean
}

export interface Report {
  readonly failure: string | undefined
  /** Their hash; the reason where it was refused. */
  readonly bytes: string
}

interface Input {
  readonly default: Function
  /** What it is called with; nothing by default. */
  readonly args?: readonly unknown[]
  /** Runs here on the result; what it gives is compared instead. */
  readonly returned?: (result: unknown) => unknown
}

const there = new ThereProcess()
let calls: Calls | undefined

process.on('message', (task: Task) => {
  void report(task).then(it => process.send?.(it))
})
process.on('disconnect', () => process.exit())

async function report({ name, bytesOnly }: Task): Promise<Report> {
  try {
    const it = readCase(name)
    const input = await load(it.input)
    if (bytesOnly) return { failure: undefined, bytes: bytesOf(() => capture(input.default)) }
    const { failures, outcome } = watchedCapture(it, input.default)
    failures.push(...(await judge(it, input, outcome)))
    return {
      failure: failures.length === 0 ? undefined : failures.join('; '),
      bytes: bytesOf(() => outcomeOf(outcome)),
    }
  } catch (error) {
    return { failure: `the case itself failed: ${(error as Error).stack}`, bytes: '' }
  }
}

async function load(url: string): Promise<Input> {
  const loaded = (await import(url)) as Input
  // CommonJS may export the function itself, or `default` as a property.
  const input = typeof loaded.default === 'function' ? loaded : (loaded.default as unknown as Input)
  if (typeof input?.default !== 'function') throw new Error(`${url} exports no function as its default`)
  return input
}

type Outcome = { readonly captured: Captured } | { readonly error: unknown }

/** Captures twice, and looks at what it did to the user's process. */
function watchedCapture({ folder }: Case, fn: Function): { failures: string[]; outcome: Outcome } {
  const folderUrl = pathToFileURL(folder).href
  calls ??= new Calls()
  using snapshots = new Snapshots(folderUrl)
  const before = snapshots.of(fn)
  let outcome: Outcome = { error: 'not captured' }
  let again = ''
  const called = calls.during(folderUrl, () => {
    outcome = outcomeIn(() => capture(fn))
    again = bytesOf(() => bundleOf(fn, displayName(fn as never)))
  })
  const failures = called.map(who => `capturing called ${who}`)
  const after = snapshots.of(fn)
  const changed = before.find((line, index) => line !== after[index])
  if (changed !== undefined) {
    failures.push(`capturing changed ${changed} to ${after[before.indexOf(changed)]}`)
  } else if (after.length > before.length) {
    failures.push(`capturing added ${after[before.length]}`)
  }
  if (again !== bytesOf(() => outcomeOf(outcome))) failures.push('captured again it gives other bytes')
  return { failures, outcome }
}

function outcomeIn(act: () => Captured): Outcome {
  try {
    return { captured: act() }
  } catch (error) {
    return { error }
  }
}

function outcomeOf(outcome: Outcome): Captured {
  if ('captured' in outcome) return outcome.captured
  throw outcome.error
}

function bytesOf(act: () => { readonly hash: string }): string {
  try {
    return act().hash
  } catch (error) {
    return String(error)
  }
}

async function judge({ expectation }: Case, input: Input, outcome: Outcome): Promise<string[]> {
  if ('error' in outcome) return judgeRefusal(expectation, outcome.error)
  if ('refused' in expectation) return ['it was captured, and should have been refused']
  const { bundle, hash, modules } = outcome.captured
  const given = encodeParcel(input.args ?? [], { known: [outcome.captured], held: heldBy(outcome.captured, true) })
  const answer = await there.run({
    bundle,
    hash,
    modules: Object.fromEntries(modules.map(it => [it.hash, it.bytes])),
    args: gather(given),
    times: 'once' in expectation ? 1 : 2,
  })
  if ('throws' in expectation) {
    if (!('error' in answer)) return ['it returned, and should have thrown']
    if (answer.error !== expectation.throws) return [`it threw ${answer.error}\n${answer.stack}`]
    const { at } = expectation
    return at === undefined || answer.stack.includes(at) ? [] : [`its stack does not name ${at}:\n${answer.stack}`]
  }
  if ('error' in answer) return [`it threw ${answer.error}\n${answer.stack}`]
  const failures: string[] = []
  for (const [time, bytes] of answer.results.entries()) {
    let result = decodeParcel(bytes, { sent: given.sent === undefined ? [] : [given.sent] })
    if (input.returned !== undefined) result = await input.returned(result)
    if (!isDeepStrictEqual(result, expectation.gives)) {
      failures.push(`${time === 0 ? 'it' : 'revived again it'} gave ${inspect(result, { depth: 5 })}`)
    }
  }
  return failures
}

function judgeRefusal(expectation: Expectation, error: unknown): string[] {
  if (!(error instanceof CaptureError)) return [`capturing threw ${(error as Error).stack}`]
  const { path, reason, hint, place } = error
  if (!('refused' in expectation)) return [`it was refused: ${error.message}`]
  const failures: string[] = []
  if (!reason.includes(expectation.refused)) failures.push(`it was refused because ${reason}`)
  if (path.join(' → ') !== expectation.path) failures.push(`it was refused at ${path.join(' → ')}`)
  if (hint === undefined || !hint.endsWith('.')) failures.push(`the refusal does not say what to do: ${hint}`)
  if (expectation.hint !== undefined && !hint?.includes(expectation.hint)) failures.push(`it says to do: ${hint}`)
  const at = `${place?.url}:${place?.line}:${place?.column}`
  if (expectation.at !== undefined && !at.includes(expectation.at)) failures.push(`it was refused at ${at}`)
  return failures
}
