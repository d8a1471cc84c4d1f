import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { makeOwnFolder } from '../../closure/revive/own-folder.ts'
import { isEnvironmentName } from '../../protocol/environment-name.ts'
import type {
  EnvironmentAnswer,
  EnvironmentFacts,
  EnvironmentList,
  EnvironmentRequest,
  Platform,
} from '../../protocol/environments.ts'
import { CloudException } from '../../protocol/errors.ts'
import { MAX_ENVIRONMENT_PACKAGES } from '../../protocol/limits.ts'
import { paths } from '../../protocol/paths.ts'
import { argumentError, shown } from '../argument-error.ts'
import type { Asking } from '../connect/asking.ts'
import { putBundle } from '../submit/functions.ts'
import { type PackedArchive, packFolder, readPiece } from './environment-archive.ts'
import { installPackages } from './environment-install.ts'

export interface EnvironmentOptions {
  /** As npm takes them: `sharp@0.35`, a folder of this machine as `./addon`. 1 to 100. */
  packages: readonly string[]
  /** Ends the install. */
  signal?: AbortSignal
}

export interface EnvironmentInfo {
  readonly name: string
  /** As they were asked for. */
  readonly packages: readonly string[]
  /** What they were installed for, as Node and npm name it: `{ os: 'linux', cpu: 'arm64', libc: 'glibc' }`. */
  readonly platform: Platform
  /** Bytes of the archive. */
  readonly size: number
  /** Of the archive: the same packages, installed alike, have the same. */
  readonly hash: string
  readonly created: Date
  /** What npm said, at most its last 32,000 characters. */
  readonly log: string
}

/**
 * Environments: packages that can't be bundled, as they have native code, installed once for the workers. Jobs that are
 * submitted with `env: name` find them. Names have letters, digits and `- . _ ~`.
 */
export interface Environments {
  /**
   * Installs the packages with npm on this machine, for the platform of the service's workers, and stores them. In place of what
   * had the name: jobs that were submitted before keep that.
   * @throws {CloudException} `install-failed` with what npm said, `too-large` above 1 GiB packed
   */
  create(name: string, options: EnvironmentOptions): Promise<EnvironmentInfo>
  /** Names, in their order. */
  list(): Promise<string[]>
  /** @throws {CloudException} `not-found` */
  info(name: string): Promise<EnvironmentInfo>
  /** Jobs that were submitted with it keep it. @throws {CloudException} `not-found` */
  delete(name: string): Promise<void>
}

/** Answers in a row that name missing pieces. */
const MAX_ROUNDS = 3

/** @param session the client's, opened on the first ask */
export function createEnvironments(session: () => Asking): Environments {
  const facts = async (name: string): Promise<EnvironmentInfo> => {
    const { created, ...told } = await session().transport.json<EnvironmentFacts>('GET', pathOf(name))
    return { ...told, created: new Date(created) }
  }

  const page = (cursor: string | undefined): Promise<EnvironmentList> => {
    const query = cursor === undefined ? '' : `?${new URLSearchParams({ cursor })}`
    return session().transport.json('GET', `${paths.environments}${query}`)
  }

  /** Puts what is missing, and then gives it the name. */
  async function store(name: string, archive: PackedArchive, request: EnvironmentRequest): Promise<void> {
    const { transport } = session()
    for (let round = 0; round < MAX_ROUNDS; round++) {
      const { missing } = await transport.json<EnvironmentAnswer>('PUT', pathOf(name), request)
      if (missing === undefined) return
      for (const hash of missing) {
        await putBundle(transport, hash, await readPiece(archive, archive.pieces.indexOf(hash)))
      }
    }
    throw new CloudException(`The service keeps losing pieces of the environment “${name}”.`, { code: 'unavailable' })
  }

  return {
    async create(name, options) {
      const packages = packagesOf(options)
      pathOf(name)
      const { platform } = await page(undefined)
      const folder = makeOwnFolder('environment')
      try {
        const installed = join(folder, 'installed')
        await mkdir(installed)
        const log = await installPackages(installed, packages, platform, options.signal)
        const archive = await packFolder(installed, join(folder, 'archive'))
        const { size, pieces } = archive
        await store(name, archive, { packages, platform, size, log, pieces: [...pieces] })
      } finally {
        await rm(folder, { recursive: true, force: true })
      }
      return await facts(name)
    },
    async list() {
      const names: string[] = []
      let cursor: string | undefined
      do {
        const answer = await page(cursor)
        names.push(...answer.environments.map(({ name }) => name))
        cursor = answer.cursor
      } while (cursor !== undefined)
      return names
    },
    info: facts,
    async delete(name) {
      await session().transport.json('DELETE', pathOf(name))
    },
  }
}

function pathOf(name: string): string {
  if (!isEnvironmentName(name)) {
    throw argumentError(
      `The name of the environment is ${shown(name)}: it takes letters, digits and - . _ ~, and begins with one of the first two.`,
    )
  }
  return paths.environment.replace(':name', encodeURIComponent(name))
}

function packagesOf(options: EnvironmentOptions): string[] {
  const { packages } = (options ?? {}) as Partial<EnvironmentOptions>
  const isList = Array.isArray(packages) && packages.every(one => typeof one === 'string' && /^[^-\s]\S*$/.test(one))
  if (isList && packages.length > 0 && packages.length <= MAX_ENVIRONMENT_PACKAGES) return [...packages]
  throw argumentError(
    `packages is ${shown(packages)}: it takes a list of 1 to ${MAX_ENVIRONMENT_PACKAGES} packages, as npm does: ['sharp@0.35'].`,
  )
}
