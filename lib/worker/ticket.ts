import type { Output } from '../engine/ports/launcher.ts'
import { sliceOf } from '../engine/records/segment.ts'
import { type Packed, pack } from '../protocol/packed.ts'
import type { JobsToRun } from './frames/run-frame.ts'
import { carriage } from './frames/wire.ts'
import { OutputTail } from './output-tail.ts'
import type { PoolLaunch } from './pool-launch.ts'
import type { StreamName } from './process/child-process.ts'
import type { Slot } from './slot.ts'

/**
 * Jobs on their way through the pool, which are consecutive in their launch and go together: *pending* in a line, *sent* to a
 * child, *ended* when their outcomes were reported or their launch abandoned. A child gives back what it did not start: then
 * they are pending again. Where some go another way than the rest, `cut` makes two tickets of one; what concerns one job (that
 * it prints, is killed, fails) concerns a ticket for that job alone.
 */
export class Ticket {
  readonly launch: PoolLaunch
  /** Of the first, into `launch.work.jobs`. */
  readonly index: number
  count: number
  state: 'pending' | 'sent' | 'ended' = 'pending'
  /** Each may not share a child with jobs that follow: it must never run twice, or it may be what crashed the last one. */
  alone: boolean
  /** Somebody killed it: whatever it ends with, it is reported as killed. */
  killed = false
  /** Where they were sent, and the first one's number there. */
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

  constructor(launch: PoolLaunch, index: number, count: number) {
    this.launch = launch
    this.index = index
    this.count = count
    this.alone = launch.kind.alone
  }

  /** Of the first. */
  get offset(): number {
    return (this.launch.work.jobs[this.index] as { offset: number }).offset
  }

  get tries(): number {
    return (this.launch.work.jobs[this.index] as { tries: number }).tries
  }

  /** Of the first. */
  get jid(): number {
    return this.launch.work.first + this.offset
  }

  /** The encoded arguments as they were launched: perhaps references to blobs. */
  get args(): Packed {
    return sliceOf(this.launch.work.args, this.offset, this.count)
  }

  /** Keeps the first `count` jobs, and makes another ticket for the rest. */
  cut(count: number): Ticket {
    const rest = new Ticket(this.launch, this.index + count, this.count - count)
    this.count = count
    const { state, alone, killed, slot, sequence, announced } = this
    Object.assign(rest, { state, alone, killed, slot, announced, sequence: sequence + count })
    this.launch.tickets.push(rest)
    return rest
  }

  /** As their child gets them. */
  toRun(spec: number): JobsToRun {
    const { jid, tries, file, whole } = this
    if (file !== undefined) return { jid, tries, spec, carriage: carriage.file, args: pack([Buffer.from(file)]) }
    return { jid, tries, spec, carriage: carriage.inline, args: whole === undefined ? this.args : pack([whole]) }
  }

  print(stream: StreamName, bytes: Buffer): void {
    this.#tails ??= {}
    this.#tails[stream] ??= new OutputTail()
    this.#tails[stream].push(bytes)
  }

  /** Whether nothing but how they end is to be told of these jobs. */
  get isPlain(): boolean {
    return this.state === 'sent' && !this.killed && this.profile === undefined && this.#tails === undefined
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
