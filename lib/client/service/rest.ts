import { MAX_DESCRIPTION_CHARS } from '../../protocol/limits.ts'
import { paths } from '../../protocol/paths.ts'
import { resultForms } from '../../protocol/plain-payload.ts'
import type { PublishAnswer, Published, PublishedList } from '../../protocol/published.ts'
import type { Jid, JobOptions } from '../api.ts'
import { argumentError, shown } from '../argument-error.ts'
import type { Asking } from '../connect/asking.ts'
import { Bundles, prepare } from '../submit/functions.ts'
import { readOptions } from '../submit/wire-options.ts'

/** How the jobs of a published function run. */
export type PublishOptions = Pick<
  JobOptions,
  'restartable' | 'highCpu' | 'killProcess' | 'profile' | 'maxRuntime' | 'retries' | 'env'
> & {
  /** How the result is answered. `json` (default): as JSON. `raw`: a string or a Buffer as it is. */
  outEncoding?: 'json' | 'raw'
}

/** A parameter of a published function, as callers see it. */
export type PublishedParameter = Published['parameters'][number]

/** A published function. */
export interface PublishedInfo {
  readonly label: string
  /** Where to call it. */
  readonly url: string
  /** The function's name. */
  readonly function: string
  readonly parameters: readonly PublishedParameter[]
  /** What the comment before the function says. */
  readonly description: string | undefined
  readonly created: Date
}

/** Functions that anybody with a key may call by HTTP, from any language. */
export interface Rest {
  /**
   * Publishes a function under a label, in place of what had it. Its parameters are those of its signature: callers pass
   * them by name, as JSON.
   * @param label at most 100 letters, digits and `- . _ ~`
   * @returns the URL to call: POST a JSON object of the arguments
   * @throws {CaptureError} for what can't travel, and for a parameter without a name
   */
  publish(func: (this: void, ...args: never[]) => unknown, label: string, options?: PublishOptions): Promise<string>
  /** A job of it, with arguments by name. @throws {CloudException} `not-found`, or `invalid-request` naming the argument */
  invoke(label: string, args?: Readonly<Record<string, unknown>>): Promise<Jid>
  /** The labels, in their order. */
  list(): Promise<string[]>
  info(label: string): Promise<PublishedInfo>
  /** Takes it back; its jobs go on. @throws {CloudException} `not-found` */
  remove(label: string): Promise<void>
}

const taken = ['restartable', 'highCpu', 'killProcess', 'profile', 'maxRuntime', 'retries', 'env', 'outEncoding']
/** Answers in a row that say a bundle is missing before we stop believing that it can be put. */
const MAX_ROUNDS = 3

/** @param session the client's, opened on the first ask */
export function createRest(session: () => Asking): Rest {
  const url = (path: string): string => {
    const { url: service } = session().connection
    return `${service.endsWith('/') ? service.slice(0, -1) : service}${path}`
  }

  return {
    async publish(func, label, options = {}) {
      const prepared = prepare(func, options.env)
      const body = { ...signatureOf(prepared.captured), function: prepared.reference, options: wireOptions(options) }
      const { transport } = session()
      const bundles = new Bundles(transport)
      for (let round = 0; round < MAX_ROUNDS; round++) {
        const answer = await transport.json<PublishAnswer>('PUT', pathOf(label), body)
        if (answer.missing === undefined) break
        await bundles.supply(answer.missing, [prepared])
      }
      return url(paths.calls.replace(':label', label))
    },
    async invoke(label, args = {}) {
      const path = paths.publishedJobs.replace(':label', encodeURIComponent(label))
      const { jid } = await session().transport.json<{ jid: number }>('POST', path, args)
      return jid as unknown as Jid
    },
    async list() {
      const labels: string[] = []
      for (let cursor: string | undefined = ''; cursor !== undefined; ) {
        const query: string = cursor === '' ? '' : `?${new URLSearchParams({ cursor })}`
        const answer: PublishedList = await session().transport.json('GET', `${paths.published}${query}`)
        labels.push(...answer.published.map(({ label }) => label))
        cursor = answer.cursor
      }
      return labels
    },
    async info(label) {
      const { function: name, created, ...told } = await session().transport.json<Published>('GET', pathOf(label))
      return {
        label: told.label,
        url: url(told.url),
        function: name,
        parameters: told.parameters,
        description: told.description,
        created: new Date(created),
      }
    },
    async remove(label) {
      await session().transport.json('DELETE', pathOf(label))
    },
  }
}

function pathOf(label: string): string {
  if (typeof label !== 'string' || label === '') throw argumentError(`The label is ${shown(label)}: it takes text.`)
  return paths.publishedOne.replace(':label', encodeURIComponent(label))
}

function signatureOf({ signature, name }: ReturnType<typeof prepare>['captured']) {
  const written = signature()
  if (written === undefined) {
    throw argumentError(`The parameters of ${name} are not known. Publish a function of your own that calls it.`)
  }
  const { parameters, description } = written
  return {
    parameters: parameters.map(({ rest, ...parameter }) => ({ ...parameter, ...(rest && { rest }) })),
    ...(description !== undefined && { description: description.slice(0, MAX_DESCRIPTION_CHARS) }),
  }
}

function wireOptions(options: PublishOptions) {
  if (typeof options !== 'object' || options === null)
    throw argumentError(`publish takes options, not ${shown(options)}.`)
  for (const name of Object.keys(options)) {
    if (!taken.includes(name)) throw argumentError(`publish has no option ${name}; it takes ${taken.join(', ')}.`)
  }
  const { outEncoding = 'json', ...rest } = options
  if (!resultForms.includes(outEncoding))
    throw argumentError(`outEncoding is ${shown(outEncoding)}: it takes 'json' or 'raw'.`)
  return { ...readOptions(rest).wire, resultForm: outEncoding }
}
