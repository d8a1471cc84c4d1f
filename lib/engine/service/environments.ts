import { encodePieces } from '../../protocol/archive-pieces.ts'
import type {
  EnvironmentAnswer,
  EnvironmentFacts,
  EnvironmentList,
  EnvironmentRequest,
  Platform,
} from '../../protocol/environments.ts'
import { CloudException } from '../../protocol/errors.ts'
import type { PageRequest } from '../../protocol/page.ts'
import type { SubmitHeader } from '../../protocol/routes.ts'
import type { Ports } from '../ports/ports.ts'
import type { Registry } from '../ports/registry.ts'
import type { PlacedHeader } from '../records/placed.ts'
import { invalid } from '../records/refuse.ts'
import type { Bundles } from '../submit/bundles.ts'
import { ofService } from './of-service.ts'

/** Packages that were installed once, by name, for functions whose packages can’t be bundled. */
export interface Environments {
  /** Creates it, in place of what had the name. `missing`: pieces to put first; nothing was created. */
  create(name: string, request: EnvironmentRequest): Promise<EnvironmentAnswer>
  info(name: string): Promise<EnvironmentFacts>
  /** In the order of their names, from the one after `cursor` on. */
  list(request: PageRequest): Promise<EnvironmentList>
  /** Its archive stays, for jobs that name it. */
  delete(name: string): Promise<void>
  /** The header with the archive in the place of each name: what a job names is there, and stays. */
  placed(header: SubmitHeader): Promise<PlacedHeader>
}

type EnvironmentRecord = Omit<EnvironmentFacts, 'name'>

/** Names in one answer. */
const PAGE = 100
const kind = 'environment'

interface Parts {
  readonly bundles: Pick<Bundles, 'has' | 'put'>
  /** What the workers run on; undefined where there are no environments. */
  readonly platform: Platform | undefined
}

export function createEnvironments(
  { registry: port, clock, digest }: Pick<Ports, 'registry' | 'clock' | 'digest'>,
  { bundles, platform }: Parts,
): Environments {
  const registry = (): Registry => ofService(port, 'environments')

  async function recordOf(name: string): Promise<EnvironmentRecord> {
    const found = await registry().get({ kind, name })
    if (found !== undefined) return found.value as EnvironmentRecord
    throw unknown(name)
  }

  /** The workers may have changed since: a stack its architecture, a local service its machine. */
  function refuseOther(name: string, installed: Platform): void {
    const own = ofService(platform, 'environments')
    if (isSame(installed, own)) return
    const message = `The environment “${name}” was installed for ${textOf(installed)}, and the workers run on ${textOf(own)} now: create it again.`
    throw new CloudException(message, { code: 'conflict' })
  }

  return {
    async create(name, { pieces, ...described }) {
      const own = ofService(platform, 'environments')
      const other = described.platform
      if (!isSame(other, own)) {
        throw invalid(
          `The environment “${name}” is for ${textOf(other)}, and the workers run on ${textOf(own)}.`,
          'Install it for their platform.',
        )
      }
      const there = await Promise.all(pieces.map(hash => bundles.has(hash)))
      const missing = new Set(pieces.filter((_, index) => there[index] !== true))
      if (missing.size > 0) return { missing: [...missing] }
      const archive = encodePieces(pieces)
      const hash = digest(archive)
      await bundles.put(hash, archive)
      const value: EnvironmentRecord = { ...described, hash, created: clock.now() }
      for (;;) {
        const before = await registry().get({ kind, name })
        // Another may be faster: the last one counts.
        if ((await registry().put({ kind, name, value, version: before?.version })) !== undefined) return {}
      }
    },
    async info(name) {
      return { name, ...(await recordOf(name)) }
    },
    async list({ cursor, limit = PAGE }) {
      const found = await registry().list({ kind, limit, ...(cursor !== undefined && { after: cursor }) })
      const environments = found.map(({ name, value }) => {
        const { log: _, ...facts } = value as EnvironmentRecord
        return { name, ...facts }
      })
      const last = found.length === limit ? found.at(-1)?.name : undefined
      return {
        platform: ofService(platform, 'environments'),
        environments,
        ...(last !== undefined && { cursor: last }),
      }
    },
    async delete(name) {
      if (!(await registry().delete({ kind, name }))) throw unknown(name)
    },
    async placed(header) {
      const named = new Map<string, Promise<EnvironmentRecord>>()
      for (const { options } of header.submissions) {
        if (options.env !== undefined && !named.has(options.env)) named.set(options.env, recordOf(options.env))
      }
      if (named.size === 0) return header
      await Promise.all(named.values())
      const submissions = await Promise.all(
        header.submissions.map(async submission => {
          const { env: name } = submission.options
          if (name === undefined) return submission
          const { hash, platform: installed } = (await named.get(name)) as EnvironmentRecord
          refuseOther(name, installed)
          return { ...submission, function: { ...submission.function, environment: { name, hash } } }
        }),
      )
      return { ...header, submissions }
    },
  }
}

function unknown(name: string): CloudException {
  return new CloudException(`There is no environment “${name}”.`, {
    code: 'not-found',
    hint: 'Create it: `cloud.env.create(name, { packages })`.',
  })
}

function isSame(one: Platform, other: Platform): boolean {
  return one.os === other.os && one.cpu === other.cpu && one.libc === other.libc
}

function textOf({ os, cpu, libc }: Platform): string {
  return [os, cpu, ...(libc === undefined ? [] : [libc])].join('/')
}
