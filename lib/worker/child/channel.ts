import { Socket } from 'node:net'
import { FrameReader } from '../frame-reader.ts'
import { DATA_FD } from '../wire.ts'
import { writeSync } from './file-system.ts'

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
  readonly #socket: Socket
  /** What the socket had no room for, in order. */
  #waiting: Uint8Array[] = []

  constructor(take: (kind: number, body: Buffer) => void) {
    const reader = new FrameReader(take)
    const buffer = Buffer.allocUnsafeSlow(READ_BYTES)
    // The buffer is read into again, so that a chunk is copied out of it.
    const callback = (size: number): boolean => {
      reader.push(Buffer.from(buffer.subarray(0, size)))
      return true
    }
    this.#socket = new Socket({ fd: DATA_FD, readable: true, writable: false, onread: { buffer, callback } } as never)
    // Without a parent there is nothing to live for.
    this.#socket.on('error', () => process.exit(1))
    this.#socket.on('end', () => process.exit(1))
    this.#socket.resume()
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
