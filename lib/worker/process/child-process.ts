import type { ChildProcess } from 'node:child_process'
import type { Socket } from 'node:net'
import { FrameReader } from '../../protocol/frame-reader.ts'
import { CONTROL_FD, DATA_FD, wordOf } from '../frames/wire.ts'
import { type MarkKind, OutputMarks } from './output-marks.ts'
import type { SpawnedChild } from './spawn-child.ts'

/** Milliseconds that a dead child's output may still take to arrive, when a process it left behind holds the pipe. */
const LAST_OUTPUT_MS = 250

export type StreamName = 'stdout' | 'stderr'

export interface ChildListener {
  frame(kind: number, body: Buffer): void
  text(stream: StreamName, bytes: Buffer): void
  mark(stream: StreamName, kind: MarkKind, sequence: number): void
  /** Once, after everything else. */
  ended(end: ChildExit): void
}

export interface ChildExit {
  readonly exitCode: number | undefined
  readonly signal: string | undefined
  /** It could not be started at all. */
  readonly error?: Error
}

/** One child process: its sockets, its output, its end. What it works on is the pool's affair. */
export class WorkerProcess {
  readonly #process: ChildProcess
  readonly #data: Socket
  readonly #control: Socket
  readonly #listener: ChildListener
  #ended = false

  /** To be made in the turn in which the child was spawned, as what it says is not kept. */
  constructor({ process, token }: SpawnedChild, listener: ChildListener) {
    this.#listener = listener
    this.#process = process
    this.#data = this.#process.stdio[DATA_FD] as Socket
    this.#control = this.#process.stdio[CONTROL_FD] as Socket
    this.#listen(`\u0000${token}`)
  }

  get pid(): number | undefined {
    return this.#process.pid
  }

  send(frame: Uint8Array): void {
    if (!this.#ended) this.#data.write(frame)
  }

  /** Frames that should go out in one write. */
  sendAll(frames: readonly Uint8Array[]): void {
    this.#data.cork()
    for (const frame of frames) this.send(frame)
    this.#data.uncork()
  }

  /** Asks the watchdog thread to take back what has not started, up to a sequence number. */
  recall(last: number): void {
    if (!this.#ended) this.#control.write(wordOf(last))
  }

  /** Ends the child and all that it spawned, at once. */
  kill(): void {
    const { pid } = this.#process
    if (pid === undefined || this.#ended) return
    killGroup(pid)
    this.#process.kill('SIGKILL')
  }

  #listen(token: string): void {
    const { stdout, stderr } = this.#process
    const reader = new FrameReader((kind, body) => this.#listener.frame(kind, body))
    this.#data.on('data', (chunk: Buffer) => reader.push(chunk))
    const control = new FrameReader((kind, body) => this.#listener.frame(kind, body))
    this.#control.on('data', (chunk: Buffer) => control.push(chunk))
    for (const [name, stream] of [['stdout', stdout] as const, ['stderr', stderr] as const]) {
      const marks = new OutputMarks(token, {
        text: bytes => this.#listener.text(name, bytes),
        mark: (kind, sequence) => this.#listener.mark(name, kind, sequence),
      })
      stream?.on('data', (chunk: Buffer) => marks.push(chunk))
      stream?.on('end', () => marks.end())
    }
    // Broken pipes are how a child's death shows first; its exit says why.
    for (const stream of this.#process.stdio) stream?.on('error', () => undefined)
    for (const stream of this.#process.stdio) (stream as Socket | null)?.unref()
    this.#process.unref()
    this.#process.once('error', error => this.#end({ exitCode: undefined, signal: undefined, error }))
    this.#process.once('exit', (code, signal) =>
      this.#exited({ exitCode: code ?? undefined, signal: signal ?? undefined }),
    )
  }

  #exited(exit: ChildExit): void {
    const { pid } = this.#process
    if (pid !== undefined) killGroup(pid)
    const timer = setTimeout(() => this.#end(exit), LAST_OUTPUT_MS).unref()
    this.#process.once('close', () => {
      clearTimeout(timer)
      this.#end(exit)
    })
  }

  #end(exit: ChildExit): void {
    if (this.#ended) return
    this.#ended = true
    for (const stream of this.#process.stdio) stream?.destroy()
    this.#listener.ended(exit)
  }
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // Nobody is left in it.
  }
}
