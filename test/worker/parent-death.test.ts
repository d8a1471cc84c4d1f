import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

/** Milliseconds within which every process of a dead parent is gone. */
const DEADLINE_MS = 10_000

test.each([['is killed'], ['throw'], ['exit']])(
  'a child that loops, and what it started, end when the caller %s',
  async how => {
    const parent = start('parent.ts', how)
    const [child, grandchild, folder] = await said(parent)
    expect([isAlive(Number(child)), isAlive(Number(grandchild))]).toEqual([true, true])
    if (how === 'is killed') parent.kill('SIGKILL')
    await expect.poll(() => isAlive(Number(child)), { timeout: DEADLINE_MS }).toBe(false)
    await expect.poll(() => isAlive(Number(grandchild)), { timeout: DEADLINE_MS }).toBe(false)
    rmSync(folder as string, { recursive: true, force: true })
  },
)

test('an open pool does not keep a caller alive that has nothing more to do, and its children end', async () => {
  const parent = start('idle.ts', '')
  const ended = new Promise(resolve => parent.once('exit', resolve))
  const [child, folder] = await said(parent)
  expect(await ended).toBe(0)
  await expect.poll(() => isAlive(Number(child)), { timeout: DEADLINE_MS }).toBe(false)
  rmSync(folder as string, { recursive: true, force: true })
})

function start(file: string, argument: string): ChildProcess {
  const path = fileURLToPath(new URL(`fixture/${file}`, import.meta.url))
  return spawn(process.execPath, [path, argument], { stdio: ['ignore', 'pipe', 'ignore'] })
}

/** The words of its first line. */
async function said(parent: ChildProcess): Promise<readonly string[]> {
  let text = ''
  for await (const chunk of parent.stdout ?? []) {
    text += String(chunk)
    if (text.includes('\n')) break
  }
  return text.trim().split(' ')
}

// A process that was killed stays in the table until somebody reaps it: a zombie is dead.
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch {
    return false
  }
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'latin1'))
  } catch {
    return process.platform !== 'linux'
  }
}
