import { join } from 'node:path'
import { CloudException } from '../../protocol/errors.ts'
import { type LocalRequest, LocalResponse } from '../../protocol/message.ts'
import { contentOf, decodeMessage, encodeMessage, sizeOf } from '../frames/message-frame.ts'
import { frame, frameKind, MAX_SOCKET_BYTES, wordOf } from '../frames/wire.ts'
import type { Channel } from './channel.ts'
import { rmSync } from './file-system.ts'
import { wholeFile } from './whole-file.ts'
import { writeParts } from './write-parts.ts'

interface Asked {
  resolve(answer: LocalResponse): void
  reject(reason: unknown): void
  readonly stop: () => void
}

/** The requests that the running job makes of its parent, and the answers that are awaited. */
export class Answers {
  readonly #channel: Channel
  readonly #folder: string
  readonly #sequence: () => number | undefined
  readonly #asked = new Map<number, Asked>()
  #last = 0

  constructor(parts: { readonly channel: Channel; readonly folder: string }, sequence: () => number | undefined) {
    this.#channel = parts.channel
    this.#folder = parts.folder
    this.#sequence = sequence
  }

  ask(request: LocalRequest): Promise<LocalResponse> {
    const sequence = this.#sequence()
    if (sequence === undefined) {
      const hint = 'Await everything that the job starts before it returns.'
      return Promise.reject(new CloudException('No job runs here any more.', { code: 'closed', hint }))
    }
    const { signal } = request
    if (signal?.aborted) return Promise.reject(signal.reason)
    const id = ++this.#last
    return new Promise((resolve, reject) => {
      const abort = (): void => {
        this.#asked.delete(id)
        this.#channel.send(frame(frameKind.askEnded, wordOf(id)))
        reject(signal?.reason)
      }
      signal?.addEventListener('abort', abort, { once: true })
      this.#asked.set(id, { resolve, reject, stop: () => signal?.removeEventListener('abort', abort) })
      this.#send(id, sequence, request)
    })
  }

  receive(body: Buffer): void {
    const { head, bytes } = decodeMessage(body)
    const asked = this.#asked.get(head.id)
    let whole: Uint8Array = bytes
    if (head.file !== undefined) {
      whole = wholeFile(head.file)
      rmSync(head.file, { force: true })
    }
    if (asked === undefined) return
    this.#asked.delete(head.id)
    asked.stop()
    try {
      asked.resolve(new LocalResponse(head.status ?? 500, contentOf(head.kind, whole), head.headers))
    } catch (error) {
      asked.reject(error)
    }
  }

  #send(id: number, sequence: number, request: LocalRequest): void {
    const { method, url } = request
    const { kind } = request.content
    const head = { id, sequence, method, url, kind, headers: request.headers.toRecord() }
    const parts = request.parts()
    if (sizeOf(parts) <= MAX_SOCKET_BYTES) {
      this.#channel.send(frame(frameKind.ask, encodeMessage(head, parts)))
      return
    }
    const file = join(this.#folder, `request-${process.pid}-${id}`)
    writeParts(file, parts)
    this.#channel.send(frame(frameKind.ask, encodeMessage({ ...head, file }, [])))
  }
}
