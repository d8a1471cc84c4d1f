import { availableParallelism, totalmem } from 'node:os'
import { withLargePages } from './large-pages.ts'
import { scrubbedEnvironment } from './scrubbed-environment.ts'
import type { ChildSettings } from './spawn-child.ts'

/** Bytes that one child may take by default at most: what V8 would give a heap by itself. */
const DEFAULT_MEMORY_BYTES = 4 * 1024 ** 3
/** Share of the machine's memory that all children together may take by default. */
const MEMORY_SHARE = 0.75

export interface ChildOptions extends Pick<ChildSettings, 'folder' | 'environments'> {
  readonly workers?: number | undefined
  readonly hostModules?: Readonly<Record<string, string>> | undefined
  readonly memoryLimit?: number | undefined
  readonly environment?: Readonly<Record<string, string | undefined>> | undefined
  readonly keepCredentials?: boolean | undefined
}

/** What the children of a pool with these options are started with; their defaults are told there. */
export function childSettings({ folder, environments, hostModules = {}, ...options }: ChildOptions): ChildSettings {
  const { workers = availableParallelism(), environment = process.env, keepCredentials } = options
  return {
    environment: withLargePages(scrubbedEnvironment(environment, keepCredentials)),
    memoryLimit: options.memoryLimit ?? Math.min(DEFAULT_MEMORY_BYTES, (MEMORY_SHARE * totalmem()) / workers),
    folder,
    environments,
    hostModules,
  }
}
