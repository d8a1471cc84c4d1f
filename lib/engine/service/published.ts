import { CloudException } from '../../protocol/errors.ts'
import type { Principal } from '../../protocol/job.ts'
import type { PageRequest } from '../../protocol/page.ts'
import { paths } from '../../protocol/paths.ts'
import type { PublishAnswer, Published, PublishedList, PublishRequest } from '../../protocol/published.ts'
import type { Ports } from '../ports/ports.ts'
import type { Registry } from '../ports/registry.ts'
import type { Bundles } from '../submit/bundles.ts'
import { namedArguments } from '../submit/named-arguments.ts'
import type { StoredCalls } from '../submit/stored-calls.ts'
import { ofService } from './of-service.ts'

/** Functions that were published under a label, for callers of any language. */
export interface PublishedFunctions {
  /** Publishes it, in place of what had the label. `missing`: bundles to put first; nothing was published. */
  publish(label: string, request: PublishRequest): Promise<PublishAnswer>
  info(label: string): Promise<Published>
  /** In the order of their labels, from the one after `cursor` on. */
  list(request: PageRequest): Promise<PublishedList>
  remove(label: string): Promise<void>
  /** A job of it, with arguments by name; for `principal`. Resolves to its jid. */
  invoke(label: string, args: Readonly<Record<string, unknown>>, principal: Principal): Promise<number>
}

/** Labels in one answer. */
const PAGE = 1_000

interface PublishedRecord extends PublishRequest {
  readonly created: number
}

interface Parts {
  readonly bundles: Pick<Bundles, 'missing'>
  readonly calls: StoredCalls
}

export function createPublished(
  { registry: port, clock }: Pick<Ports, 'registry' | 'clock'>,
  { bundles, calls }: Parts,
): PublishedFunctions {
  const kind = 'published'
  const registry = (): Registry => ofService(port, 'published functions')

  async function recordOf(label: string): Promise<PublishedRecord> {
    const found = await registry().get({ kind, name: label })
    if (found !== undefined) return found.value as PublishedRecord
    throw new CloudException(`Nothing is published as ${label}.`, { code: 'not-found' })
  }

  return {
    async publish(label, request) {
      const { function: needed } = request
      const missing = await bundles.missing({ submissions: [{ function: needed }] }, [])
      if (missing.length > 0) return { missing: [...missing] }
      const value: PublishedRecord = { ...request, created: clock.now() }
      for (;;) {
        const there = await registry().get({ kind, name: label })
        // Another publisher may be faster: the last one counts.
        if ((await registry().put({ kind, name: label, value, version: there?.version })) !== undefined) break
      }
      return { url: urlOf(label) }
    },
    async info(label) {
      return told(label, await recordOf(label))
    },
    async list({ cursor, limit = PAGE }) {
      const found = await registry().list({ kind, limit, ...(cursor !== undefined && { after: cursor }) })
      const published = found.map(({ name, value }) => told(name, value as PublishedRecord))
      return { published, ...(found.length === limit && { cursor: found.at(-1)?.name }) }
    },
    async remove(label) {
      if (await registry().delete({ kind, name: label })) return
      throw new CloudException(`Nothing is published as ${label}.`, { code: 'not-found' })
    },
    async invoke(label, given, principal) {
      const { function: stored, options, parameters } = await recordOf(label)
      const args = namedArguments(parameters, given)
      return await calls.call({ function: stored, options: { ...options, label } }, args, principal)
    },
  }
}

function urlOf(label: string): string {
  return paths.calls.replace(':label', label)
}

function told(label: string, { function: { name }, parameters, description, created }: PublishedRecord): Published {
  return {
    label,
    url: urlOf(label),
    function: name,
    created,
    parameters,
    ...(description !== undefined && { description }),
  }
}
