import { type ChildProcess, spawn } from 'node:child_process'
import type { Socket } from 'node:net'
import process from 'node:process'

/** Milliseconds after which what was asked to end is ended. */
const GRACE_MS = 2_000

/** What ends a process that doesn't listen. */
const STOPS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * Waits for the end of a child that leads a process group of its own (`detached`). All of the group ends when the signal aborts,
 * and with this process: when it exits, by a signal for which nobody else listens, and by SIGKILL.
 * @returns its exit code; null when a signal ended it
 * @throws the signal's reason, once the child has ended; the error of a child that can't be started
 */
export async function endOfGroup(child: ChildProcess, signal?: AbortSignal): Promise<number | null> {
  const guard = guardOf(child)
  let timer: NodeJS.Timeout | undefined
  const end = (): void => {
    endGroup(child, 'SIGTERM')
    timer ??= setTimeout(() => endGroup(child, 'SIGKILL'), GRACE_MS)
  }
  const kill = (): void => endGroup(child, 'SIGKILL')
  const stop = (name: NodeJS.Signals): void => {
    // Who else listens decides what goes on.
    if (process.listenerCount(name) > 1) return
    kill()
    process.off(name, stop)
    process.kill(process.pid, name)
  }
  signal?.addEventListener('abort', end)
  process.once('exit', kill)
  // Before the others, as some of them take themselves off.
  for (const name of STOPS) process.prependListener(name, stop)
  try {
    if (signal?.aborted === true) end()
    const code = await new Promise<number | null>((done, fail) => child.once('error', fail).once('close', done))
    signal?.throwIfAborted()
    return code
  } finally {
    guard?.kill('SIGKILL')
    clearTimeout(timer)
    signal?.removeEventListener('abort', end)
    process.off('exit', kill)
    for (const name of STOPS) process.off(name, stop)
  }
}

/** A shell that waits for the end of this process, however that comes, and ends the group then. */
function guardOf({ pid }: ChildProcess): ChildProcess | undefined {
  if (pid === undefined) return undefined
  const guard = spawn('sh', ['-c', 'read -r _; kill -KILL -"$0"', String(pid)], {
    // Not here: a terminal's signals are not for it, and the folder may go.
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  // Without a shell the group ends in the other ways.
  guard.on('error', () => undefined).unref()
  ;(guard.stdin as Socket | null)?.on('error', () => undefined).unref()
  return guard
}

function endGroup({ pid }: ChildProcess, name: NodeJS.Signals): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, name)
  } catch {
    // Nobody is left in it.
  }
}
