import type { Writable } from 'node:stream'
import { markOf } from '../process/output-marks.ts'
import { writeSync } from './file-system.ts'

/** Writes of one job that go out at once, so that nothing is lost when the process crashes right after. */
const WRITES_AT_ONCE = 1_000
/** Bytes that gather after that, and milliseconds after which they go out anyway. */
const GATHER_BYTES = 64 * 1024
const GATHER_MS = 50
const STDOUT = 1
const STDERR = 2
const clock = new Int32Array(new SharedArrayBuffer(4))

/** One of the two output streams. User code and console write to `stream`; what native code writes goes by the same pipe. */
class JobOutput {
  readonly #fd: number
  readonly #token: string
  #stream: Writable | undefined
  #sequence = -1
  #begun = false
  #writes = 0
  #gathered: Buffer[] = []
  #size = 0
  #sent = 0

  constructor(fd: number, token: string) {
    this.#fd = fd
    this.#token = token
  }

  /** Made when somebody asks for it: Node's streams take longer to load than a small job to run. */
  get stream(): Writable {
    if (this.#stream !== undefined) return this.#stream
    const { Writable } = process.getBuiltinModule('node:stream')
    const stream = new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        this.#write(chunk)
        done()
      },
    })
    Object.assign(stream, { fd: this.#fd, end: endless(stream), destroy: () => stream })
    this.#stream = stream
    return stream
  }

  begin(sequence: number): void {
    this.#sequence = sequence
    this.#begun = false
    this.#writes = 0
  }

  /** True when a mark was written: always after output of this job, and when `always`, as native code may have written. */
  end(always: boolean): boolean {
    this.flush()
    if (!(this.#begun || always)) return false
    this.#put(Buffer.from(markOf(this.#token, 'end', this.#sequence), 'latin1'))
    this.#begun = false
    return true
  }

  flush(): void {
    if (this.#size === 0) return
    const bytes =
      this.#gathered.length === 1 ? (this.#gathered[0] as Buffer) : Buffer.concat(this.#gathered, this.#size)
    this.#gathered = []
    this.#size = 0
    this.#sent = performance.now()
    this.#put(bytes)
  }

  #write(chunk: Buffer): void {
    if (!this.#begun && this.#sequence >= 0) {
      this.#begun = true
      this.#put(Buffer.from(markOf(this.#token, 'begin', this.#sequence), 'latin1'))
    }
    if (this.#size === 0 && ++this.#writes <= WRITES_AT_ONCE) {
      this.#put(chunk)
      return
    }
    if (this.#size === 0) setTimeout(() => this.flush(), GATHER_MS).unref()
    this.#gathered.push(chunk)
    this.#size += chunk.byteLength
    if (this.#size >= GATHER_BYTES || performance.now() - this.#sent > GATHER_MS) this.flush()
  }

  #put(bytes: Buffer): void {
    for (let at = 0; at < bytes.byteLength; ) {
      try {
        at += writeSync(this.#fd, bytes, at)
      } catch (error) {
        // A process that shares the pipe may have made it non-blocking.
        if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') return
        Atomics.wait(clock, 0, 0, 1)
      }
    }
  }
}

// A job may not close the streams of the next one: `end` writes its chunk and calls back, as Node's own stdout never closes.
function endless(stream: Writable): Writable['end'] {
  return ((...given: unknown[]) => {
    const done = given.find(each => typeof each === 'function') as (() => void) | undefined
    const [chunk, encoding] = given.filter(each => typeof each !== 'function') as [unknown, BufferEncoding]
    if (chunk !== undefined && chunk !== null) stream.write(chunk, encoding)
    if (done !== undefined) process.nextTick(done)
    return stream
  }) as Writable['end']
}

export interface CapturedOutput {
  begin(sequence: number): void
  /** Bit 0 for stdout, bit 1 for stderr: where a mark was written. */
  end(always: boolean): number
  flush(): void
}

/** Puts streams of ours in the place of `process.stdout` and `process.stderr`; nothing is made before somebody prints. */
export function captureOutput(token: string): CapturedOutput {
  let sequence = -1
  const made: (JobOutput | undefined)[] = [undefined, undefined]
  const get = (fd: number): JobOutput => {
    const known = made[fd - 1]
    if (known !== undefined) return known
    const output = new JobOutput(fd, token)
    output.begin(sequence)
    made[fd - 1] = output
    return output
  }
  Object.defineProperty(process, 'stdout', { configurable: true, enumerable: true, get: () => get(STDOUT).stream })
  Object.defineProperty(process, 'stderr', { configurable: true, enumerable: true, get: () => get(STDERR).stream })
  return {
    begin(next) {
      sequence = next
      made[0]?.begin(next)
      made[1]?.begin(next)
    },
    end(always) {
      if (always) return Number(get(STDOUT).end(true)) + 2 * Number(get(STDERR).end(true))
      return Number(made[0]?.end(false) ?? false) + 2 * Number(made[1]?.end(false) ?? false)
    },
    flush() {
      for (const output of made) output?.flush()
    },
  }
}
