import type { Socket } from 'node:net'
import { FrameReader } from '../../protocol/frame-reader.ts'
import { DATA_FD } from '../frames/wire.ts'
import { readSync, writeSync } from './file-system.ts'

/** Bytes that are read at once. */
const READ_BYTES = 64 * 1024
/** Milliseconds between two tries while the parent is slow to read. */
const RETRY_MS = 1
const clock = new Int32Array(new SharedArrayBuffer(4))

/**
 * The child's end of the data socket. It reads as streams do, and writes with plain system calls: a third faster than a
 * stream's, and possible in the middle of a loop or of an exit.
 */
export class Channel {
  readonly #reader: FrameReader
  /** The buffer is read into again, so that a chunk is copied out of it. */
  readonly #buffer = Buffer.allocUnsafeSlow(READ_BYTES)
  /** What the socket had no room for, in order. */
  #waiting: Uint8Array[] = []

  constructor(take: (kind: number, body: Buffer) => void) {
    this.#reader = new FrameReader(take)
  }

  /**
   * Waits for what the parent says first, takes it in, and listens from then on. The first is read by a plain system
   * call, as Node's sockets take longer to load than a small job to run; nothing of the user's is there yet to be held up.
   */
  listen(): void {
    const size = tryRead(this.#buffer)
    if (size === 0) process.exit(1)
    try {
      if (size !== undefined) this.#take(size)
    } finally {
      this.#open()
    }
  }

  #open(): void {
    const callback = (size: number): boolean => {
      this.#take(size)
      return true
    }
    const { Socket: Opened } = process.getBuiltinModule('node:net')
    const options = { fd: DATA_FD, readable: true, writable: false, onread: { buffer: this.#buffer, callback } }
    const socket: Socket = new Opened(options as never)
    // Without a parent there is nothing to live for.
    socket.on('error', () => process.exit(1))
    socket.on('end', () => process.exit(1))
    socket.resume()
  }

  #take(size: number): void {
    this.#reader.push(Buffer.from(this.#buffer.subarray(0, size)))
  }

  /** `bytes` may be used again afterwards. */
  send(bytes: Uint8Array): void {
    if (this.#waiting.length > 0) {
      this.#waiting.push(Buffer.from(bytes))
      return
    }
    const written = tryWrite(bytes)
    if (written === bytes.byteLength) return
    this.#waiting.push(Buffer.from(bytes.subarray(written)))
    setTimeout(() => this.#retry(), RETRY_MS)
  }

  /** Blocks until the parent has taken everything: for exits. */
  drain(): void {
    while (this.#waiting.length > 0) {
      this.#write()
      if (this.#waiting.length > 0) Atomics.wait(clock, 0, 0, RETRY_MS)
    }
  }

  #retry(): void {
    this.#write()
    if (this.#waiting.length > 0) setTimeout(() => this.#retry(), RETRY_MS)
  }

  #write(): void {
    for (let bytes = this.#waiting[0]; bytes !== undefined; bytes = this.#waiting[0]) {
      const written = tryWrite(bytes)
      if (written < bytes.byteLength) {
        this.#waiting[0] = bytes.subarray(written)
        return
      }
      this.#waiting.shift()
    }
  }
}

/** 0 at the end; undefined where it can't be read by waiting. */
function tryRead(buffer: Buffer): number | undefined {
  try {
    return readSync(DATA_FD, buffer)
  } catch {
    return undefined
  }
}

function tryWrite(bytes: Uint8Array): number {
  try {
    return writeSync(DATA_FD, bytes)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return 0
    // The parent is gone. No handler of the user's has anything left to do.
    process.kill(process.pid, 'SIGKILL')
    return 0
  }
}
