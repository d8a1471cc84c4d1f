import type { ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { childEntry } from '../child-entry.ts'

export interface ChildSettings {
  readonly environment: Readonly<Record<string, string>>
  /** Bytes of resident memory. The heap may take as much, and is stopped by V8 itself. */
  readonly memoryLimit: number
  /** Where results that are too large for the socket are written. */
  readonly folder: string
  /** Where unpacked environments are, each in a folder of its hash; undefined where there are none. */
  readonly environments?: string | undefined
  /** Names and URLs of modules that jobs use by reference: the child loads its own. */
  readonly hostModules: Readonly<Record<string, string>>
}

/** What a child is told at its start, as its one argument. */
export interface ChildArguments extends Pick<ChildSettings, 'folder' | 'environments' | 'hostModules'> {
  readonly token: string
}

/** A child that boots, to which nobody listens yet. */
export interface SpawnedChild {
  readonly process: ChildProcess
  /** Begins the marks in its output, which its jobs can't forge as they never see it. */
  readonly token: string
}

/** Starts a child. It boots while its parent does something else, so this loads nothing that it does not take itself. */
export function spawnChild(settings: ChildSettings): SpawnedChild {
  const { environment, memoryLimit, folder, environments, hostModules } = settings
  const told: ChildArguments = { folder, environments, hostModules, token: newToken() }
  const flags = [`--max-old-space-size=${Math.ceil(memoryLimit / 1024 ** 2)}`, '--disable-warning=ExperimentalWarning']
  const entry = fileURLToPath(childEntry())
  const { spawn } = process.getBuiltinModule('node:child_process')
  const child = spawn(process.execPath, [...flags, entry, JSON.stringify(told)], {
    // A process group of its own, so that what it spawned dies with it.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe'],
    env: { ...environment },
  })
  return { process: child, token: told.token }
}

/** V8's own randomness does: nobody sees other numbers of this process, and Node's crypto takes as long to load as a child to spawn. */
function newToken(): string {
  return Array.from({ length: 3 }, () => Math.random().toString(36).slice(2)).join('')
}
