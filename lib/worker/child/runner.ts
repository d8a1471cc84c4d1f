import { unpack } from '../../protocol/packed.ts'
import { DoneWriter, type Ended, encodeDone, type Used } from '../frames/done-frame.ts'
import { frame, frameKind } from '../frames/wire.ts'
import { Answers } from './answers.ts'
import { argumentsOf, type Carried } from './arguments.ts'
import type { Channel } from './channel.ts'
import { type Ending, failed, succeeded } from './endings.ts'
import { JobContext } from './job-context.ts'
import { JobQueue, type Queued } from './job-queue.ts'
import { type LoadedFunction, type LoadedSpec, Specs } from './load-function.ts'
import type { CapturedOutput } from './output.ts'
import { startProfile } from './profile.ts'
import { ResultWriter } from './result.ts'
import { settleTurn } from './settle-turn.ts'
import { isThenable } from './thenable.ts'
import { nextTurn, tryStart } from './turns.ts'
import { UsageMeter } from './usage.ts'
import type { Shared } from './watchdog.ts'

/** Milliseconds for which the end of a job may wait for others to share its write. */
const HOLD_MS = 1
/** Bytes that are worth a write of their own. */
const HOLD_BYTES = 32 * 1024
/** Milliseconds from which a job may have started a process or a thread that printed past our streams. */
const MAY_HAVE_PRINTED_MS = 2

interface Current extends Carried {
  readonly sequence: number
  readonly jid: number
  readonly tries: number
  /** Its spec's number. */
  readonly told: number
  readonly started: number
  spec: LoadedSpec | undefined
  fn: LoadedFunction | undefined
  stopProfile: (() => string) | undefined
}

export interface RunnerParts extends Shared {
  readonly channel: Channel
  readonly output: CapturedOutput
  readonly folder: string
  readonly environments?: string | undefined
  readonly hostModules: Readonly<Record<string, string>>
}

/**
 * Runs the child's jobs, one at a time, in the order in which they came.
 *
 * A job is *queued* until its turn; the shared word decides whether it starts or was taken back. It is *current* from
 * then on until its function's promise is settled, or something that it left loose fails. After a loose failure the
 * process is *retired*: it says how far it got and ends, since remains of the job may still run in it.
 */
export class Runner {
  readonly #parts: RunnerParts
  readonly #specs: Specs
  readonly #done: DoneWriter
  readonly #usage = new UsageMeter()
  readonly #results: ResultWriter
  readonly #answers: Answers
  readonly #context: JobContext
  readonly #queue = new JobQueue()
  #current: Current | undefined
  /** When the first of the ends that wait for a write came, and how long their jobs took. */
  #held = 0
  #took = 0
  #retired = false

  constructor(parts: RunnerParts) {
    this.#parts = parts
    this.#done = new DoneWriter(parts.hold)
    this.#specs = new Specs(parts.hostModules, parts.environments, parts.folder)
    this.#results = new ResultWriter(parts.folder)
    this.#answers = new Answers(parts, () => this.#current?.sequence)
    this.#context = new JobContext(request => this.#answers.ask(request))
    process.on('uncaughtException', error => this.#failLoose(error))
    process.on('unhandledRejection', reason => this.#failLoose(reason))
    process.on('exit', code => this.#leave(code))
  }

  receive(kind: number, body: Buffer): void {
    if (kind === frameKind.run) this.#enqueue(body)
    else if (kind === frameKind.spec) this.#specs.define(body, id => this.#isQueued(id))
    else if (kind === frameKind.answer) this.#answers.receive(body)
    else if (kind === frameKind.abort && this.#current?.sequence === body.readUInt32LE(0)) this.#context.abort()
  }

  #isQueued(spec: number): boolean {
    return this.#current?.told === spec || this.#queue.needs(spec)
  }

  #enqueue(body: Buffer): void {
    this.#queue.push(body)
    if (this.#current === undefined) this.#pump()
  }

  #pump(): void {
    while (this.#current === undefined && !this.#retired) {
      const next = this.#queue.next()
      if (next === undefined) break
      if (!tryStart(this.#parts.words, next.group.sequence + next.nth)) continue
      const now = performance.now()
      if (this.#done.count > 0 && now - this.#held > HOLD_MS) this.#flush()
      this.#run(next, now)
    }
    // Nothing that is done waits for a job that takes its time.
    this.#flush()
  }

  #run({ group: { sequence, jid, tries, spec, carriage, args }, nth }: Queued, started: number): void {
    const current: Current = {
      sequence: sequence + nth,
      jid: jid + nth,
      tries,
      told: spec,
      carriage,
      args: unpack(args, nth),
      started,
      spec: undefined,
      fn: undefined,
      stopProfile: undefined,
    }
    this.#current = current
    this.#context.enter(current)
    this.#parts.output.begin(current.sequence)
    let result: unknown
    try {
      result = this.#call(current)
      if (isThenable(result)) {
        this.#await(current, result)
        return
      }
    } catch (error) {
      this.#end(current, () => failed('exception', error, current))
      return
    }
    // What a tick throws goes to Node, whose handling of uncaught errors brings it back to `#failLoose`.
    settleTurn()
    this.#end(current, () => succeeded(result, current, this.#results))
  }

  #call(current: Current): unknown {
    const spec = this.#specs.get(current.told)
    current.spec = spec
    const { ready } = spec
    return ready === undefined ? this.#start(current, spec) : ready.then(() => this.#start(current, spec))
  }

  #start(current: Current, spec: LoadedSpec): unknown {
    const fn = spec.instantiate()
    current.fn = fn
    const args = argumentsOf(current, fn, this.#answers)
    if (spec.profile) current.stopProfile = startProfile()
    const { begin } = fn
    return args instanceof Promise ? args.then(list => begin(list)) : begin(args)
  }

  // An immediate later what the job left loose has failed, if it has.
  #await(current: Current, result: PromiseLike<unknown>): void {
    Promise.resolve(result).then(
      value => setImmediate(() => this.#resume(current, () => succeeded(value, current, this.#results))),
      error => setImmediate(() => this.#resume(current, () => failed('exception', error, current))),
    )
  }

  #resume(current: Current, produce: () => Ending | Promise<Ending>): void {
    this.#end(current, produce)
    this.#pump()
  }

  // What has to be captured before it can travel takes a while, in which the job is still the current one.
  #end(current: Current, produce: () => Ending | Promise<Ending>): void {
    if (this.#current !== current) return
    const profile = current.stopProfile?.()
    if (profile !== undefined) this.#sendProfile(current.sequence, profile)
    const end = produce()
    if (!(end instanceof Promise)) {
      this.#conclude(current, end)
      return
    }
    void end.then(each => {
      this.#conclude(current, each)
      this.#pump()
    })
  }

  #conclude(current: Current, end: Ending): void {
    if (this.#current !== current) return
    const took = performance.now() - current.started
    this.#context.leave()
    this.#current = undefined
    if (this.#done.count === 0) this.#held = current.started + took
    this.#took += took
    this.#report({
      ...end,
      sequence: current.sequence,
      started: performance.timeOrigin + current.started,
      took,
      marks: this.#parts.output.end(took >= MAY_HAVE_PRINTED_MS),
    })
    if (this.#retired) process.exit(0)
  }

  #report(ended: Ended): void {
    if (!this.#done.add(ended)) {
      this.#flush()
      if (!this.#done.add(ended)) this.#parts.channel.send(encodeDone(ended, this.#used()))
    }
    if (this.#done.size > HOLD_BYTES) this.#flush()
  }

  #flush(): void {
    if (this.#done.count > 0) this.#parts.channel.send(this.#done.take(this.#used()))
  }

  #used(): Used {
    const took = this.#took
    this.#took = 0
    return this.#usage.take(took)
  }

  #sendProfile(sequence: number, profile: string): void {
    const text = Buffer.from(profile)
    const body = Buffer.allocUnsafe(4 + text.byteLength)
    body.writeUInt32LE(sequence)
    body.set(text, 4)
    this.#parts.channel.send(frame(frameKind.profile, body))
  }

  #failLoose(error: unknown): void {
    if (this.#retired) return
    this.#retired = true
    const current = this.#current
    if (current === undefined) process.exit(0)
    this.#end(current, () => failed('exception', error, current))
  }

  // The last words: what is done, the first job that never started, and the exit code.
  #leave(code: number): void {
    this.#retired = true
    this.#parts.output.flush()
    this.#flush()
    const body = Buffer.allocUnsafe(8)
    body.writeUInt32LE(nextTurn(this.#parts.words), 0)
    body.writeInt32LE(code, 4)
    this.#parts.channel.send(frame(frameKind.bye, body))
    this.#parts.channel.drain()
  }
}
