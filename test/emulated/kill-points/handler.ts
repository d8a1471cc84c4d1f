import { assembleApi, assembleControl, assembleRelease } from '../../../lib/aws/assemble.ts'
import { assembleExecutor } from '../../../lib/aws/assemble-executor.ts'
import type { Trial } from '../../../lib/aws/base.ts'
import { readEnvironment } from '../../../lib/aws/environment.ts'
import type { StreamRecord } from '../../../lib/aws/store/stream-changes.ts'
import type { Receipt, Received } from '../../../lib/engine/ports/queue.ts'
import { type Death, dying } from './dying.ts'
import { settings } from './times.ts'

/** A process that is any of the stack's functions, as its parent asks; it ends with the parent. */

export interface Asked {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array | undefined
}

export interface Answered {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

/** Jobs end this many milliseconds after their batch came: more than any of them takes. */
const TIME_MS = 60_000

const death = JSON.parse(process.argv[2] ?? 'null') as Death | null
const trial: Trial = { settings, ...(death !== null && { ports: dying(death) }) }

const lazily = <One>(make: () => One): (() => One) => {
  let made: One | undefined
  return () => (made ??= make())
}
const api = lazily(() => assembleApi(readEnvironment('api', process.env), trial))
const executor = lazily(() => assembleExecutor(readEnvironment('executor', process.env), trial))
const release = lazily(() => assembleRelease(readEnvironment('release', process.env), trial))
const control = lazily(() => assembleControl(readEnvironment('control', process.env), trial))

const verbs = {
  async fetch({ url, method, headers, body }: Asked): Promise<Answered> {
    const request = new Request(url, { method, headers, ...(body && { body: new Uint8Array(body) }) })
    const answer = await api().fetch(request, { principal: { kind: 'owner' } })
    const { status } = answer
    return { status, headers: Object.fromEntries(answer.headers), body: new Uint8Array(await answer.arrayBuffer()) }
  },
  run: (received: readonly Received<unknown>[]): Promise<readonly Receipt[]> =>
    executor().run(received, Date.now() + TIME_MS),
  release: (records: readonly StreamRecord[]): Promise<readonly string[]> => release().release(records),
  look: (received: readonly Received<unknown>[]): Promise<readonly Receipt[]> => control().look(received),
}

export type Verbs = typeof verbs

interface Call {
  readonly id: number
  readonly verb: keyof Verbs
  readonly given: never
}

process.on('disconnect', () => process.exit())
process.on('message', ({ id, verb, given }: Call) => {
  verbs[verb](given).then(
    answer => process.send?.({ id, answer }),
    (error: unknown) => process.send?.({ id, error: String(error) }),
  )
})
