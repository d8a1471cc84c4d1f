import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import type { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A server that a contestant needs, with a folder of its own; both go with the contestant. */
export interface Daemon {
  readonly folder: string
  stop(): Promise<void>
}

interface DaemonOptions {
  readonly folder: string
  readonly command: string
  readonly args: readonly string[]
  /** Of the user to run it as, where that is another. */
  readonly uid?: number | undefined
  readonly gid?: number | undefined
  readonly signal?: NodeJS.Signals
  /** Resolves once it answers, rejects while it does not. */
  answers(): Promise<void>
}

/** How long a server may take to answer first. */
const START_MS = 30_000
const PAUSE_MS = 50

/** A folder that goes when this process ends, however that ends: a shell waits for its input to end. */
export function folderFor(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `picloud-bench-${name}-`))
  // Once more a moment later: what was told to end may still write.
  const guard = spawn('sh', ['-c', 'read -r _; rm -rf "$0"; sleep 3; rm -rf "$0"', folder], {
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  guard.unref()
  // A pipe to a child is a socket, which would keep this process.
  ;(guard.stdin as Socket).unref()
  return folder
}

export async function startDaemon(options: DaemonOptions): Promise<Daemon> {
  const { folder, command, args, uid, gid, signal = 'SIGTERM', answers } = options
  const user = uid === undefined || gid === undefined ? {} : { uid, gid }
  const child = spawnBound(command, args, { stopSignal: signal, cwd: folder, ...user })
  child.stdout?.resume()
  let said = ''
  child.stderr?.on('data', (part: Buffer) => {
    said = (said + part).slice(-2_000)
  })
  await firstAnswer(child, answers).catch(cause => {
    throw new Error(`${command} does not answer. ${said}`, { cause })
  })
  return {
    folder,
    async stop() {
      await stopBound(child)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/**
 * A process that ends when this one does, however that ends: a shell waits for its input to end, and then tells it.
 * @param options.stopSignal what tells it to end
 */
export function spawnBound(
  command: string,
  args: readonly string[],
  { stopSignal = 'SIGTERM', ...options }: SpawnOptions & { readonly stopSignal?: NodeJS.Signals },
): ChildProcess {
  const script = `"$0" "$@" </dev/null & read -r _; kill -${stopSignal.slice(3)} $!; wait $!`
  return spawn('sh', ['-c', script, command, ...args], { ...options, stdio: 'pipe' })
}

export async function stopBound(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  const ended = once(child, 'exit')
  child.stdin?.end()
  await ended
}

async function firstAnswer(child: ChildProcess, answers: () => Promise<void>): Promise<void> {
  const failed = once(child, 'error').then(([error]) => Promise.reject(error))
  const until = Date.now() + START_MS
  for (;;) {
    try {
      await Promise.race([answers(), failed])
      failed.catch(() => undefined)
      return
    } catch (error) {
      if (Date.now() > until || child.exitCode !== null || child.pid === undefined) throw error
      await new Promise(resolve => setTimeout(resolve, PAUSE_MS))
    }
  }
}
