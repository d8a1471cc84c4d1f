import type { Output } from '../engine/ports/launcher.ts'
import { unpack } from '../protocol/packed.ts'
import type { StreamName } from './child-process.ts'
import { OutputTail } from './output-tail.ts'
import type { PoolLaunch } from './pool-launch.ts'
import type { JobToRun } from './run-frame.ts'
import type { Slot } from './slot.ts'
import { carriage } from './wire.ts'

/**
 * One job on its way through the pool: *pending* in a line, *sent* to a child, *ended* when its outcome was reported or
 * its launch abandoned. A child gives back what it did not start: then it is pending again.
 */
export class Ticket {
  readonly launch: PoolLaunch
  /** Into `launch.work.jobs`. */
  readonly index: number
  state: 'pending' | 'sent' | 'ended' = 'pending'
  /** It may not share a child with jobs that follow: it must never run twice, or it may be what crashed the last one. */
  alone: boolean
  /** Somebody killed it: whatever it ends with, it is reported as killed. */
  killed = false
  /** Where it was sent, and its number there. */
  slot: Slot | undefined
  sequence = -1
  /** `started` was reported. */
  announced = false
  /** Marks that came before the job's end did. */
  marks = 0
  profile: string | undefined
  /** The file in which its arguments are, when they are large. */
  file: string | undefined
  /** Its arguments, when they are large and in no file. */
  whole: Uint8Array | undefined
  #tails: Partial<Record<StreamName, OutputTail>> | undefined

  constructor(launch: PoolLaunch, index: number) {
    this.launch = launch
    this.index = index
    this.alone = launch.kind.alone
  }

  get offset(): number {
    return (this.launch.work.jobs[this.index] as { offset: number }).offset
  }

  get tries(): number {
    return (this.launch.work.jobs[this.index] as { tries: number }).tries
  }

  get jid(): number {
    return this.launch.work.first + this.offset
  }

  /** The encoded arguments as they were launched: perhaps a reference to a blob. */
  get args(): Uint8Array {
    return unpack(this.launch.work.args, this.offset)
  }

  /** As its child gets it. */
  toRun(spec: number): JobToRun {
    const { jid, tries, file } = this
    if (file !== undefined) return { jid, tries, spec, carriage: carriage.file, args: Buffer.from(file) }
    return { jid, tries, spec, carriage: carriage.inline, args: this.whole ?? this.args }
  }

  print(stream: StreamName, bytes: Buffer): void {
    this.#tails ??= {}
    this.#tails[stream] ??= new OutputTail()
    this.#tails[stream].push(bytes)
  }

  /** Undefined when it printed nothing. */
  get output(): Output | undefined {
    if (this.#tails === undefined) return undefined
    const stdout = this.#tails.stdout?.read()
    const stderr = this.#tails.stderr?.read()
    return {
      stdout: stdout?.text ?? '',
      stderr: stderr?.text ?? '',
      stdoutDropped: stdout?.dropped ?? 0,
      stderrDropped: stderr?.dropped ?? 0,
    }
  }

  /** What a run that was cut short printed does not belong to the next one. */
  forgetOutput(): void {
    this.#tails = undefined
    this.marks = 0
  }
}
