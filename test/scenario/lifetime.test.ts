import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const entry = JSON.stringify(new URL('../../lib/index.ts', import.meta.url).href)

/** Runs a program of its own, that has `cloud` and `mp`. */
function program(text: string) {
  const source = `import cloud from ${entry}\nconst { mp } = cloud\n${text}`
  const child = spawn(process.execPath, ['--input-type=module', '-e', source], { stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  child.stdout.on('data', (part: Buffer) => (output += part))
  child.stderr.on('data', (part: Buffer) => (output += part))
  const ended = new Promise<{ code: number | null; output: string }>(resolve => {
    child.on('close', code => resolve({ code, output }))
  })
  return { child, ended }
}

describe('the caller’s process', () => {
  test('ends by itself once its work is done, without close', async () => {
    const { ended } = program(
      'console.log(await mp.call(x => x + 1, 1).result(), await mp.map(x => x, [1, 2]).result())',
    )
    expect(await ended).toEqual({ code: 0, output: '2 [ 1, 2 ]\n' })
  })

  test('is not kept alive by having looked', async () => {
    const { ended } = program('console.log(cloud.connectionInfo().type, mp.isSimulated())')
    expect(await ended).toEqual({ code: 0, output: 'none false\n' })
  })

  test('is kept alive by a pending callback, and no longer', async () => {
    const { ended } = program(`
      const callback = jid => console.log('called', jid)
      await mp.with({ callback }).call(() => new Promise(resolve => setTimeout(resolve, 300)))
      console.log('submitted')`)
    expect(await ended).toEqual({ code: 0, output: 'submitted\ncalled 1\n' })
  })

  test('is kept alive by a wait for a job that is delayed', async () => {
    const { ended } = program("console.log(await mp.with({ startAfter: '300ms' }).call(() => 'late').result())")
    expect(await ended).toEqual({ code: 0, output: 'late\n' })
  })

  test('ends with an error that nobody caught, and says where it was asked for', async () => {
    const { ended } = program("await mp.result(await mp.call(() => { throw new Error('mine') }))")
    const { code, output } = await ended
    expect(code).toBe(1)
    expect(output).toContain('Job 1: mine')
    expect(output).toContain('[here its result was asked for]')
  })

  test('says so when a call that nobody awaits is refused', async () => {
    const { ended } = program(
      "mp.call(7)\nawait new Promise(resolve => setTimeout(resolve, 50))\nconsole.log('not reached')",
    )
    const { code, output } = await ended
    expect(code).toBe(1)
    expect(output).toContain('the function to run')
  })
})

describe('child processes', () => {
  let folder = ''
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'picloud-lifetime-'))
  })
  afterAll(async () => {
    await rm(folder, { recursive: true })
  })

  const isAlive = (pid: number): boolean => {
    try {
      process.kill(pid, 0)
      return true
    } catch {
      return false
    }
  }

  test.each(['SIGKILL', 'SIGTERM', 'SIGINT'] as const)(
    'do not outlive their parent’s %s, not even looping',
    async signal => {
      const file = join(folder, signal)
      const { child, ended } = program(`
      import { writeFileSync } from 'node:fs'
      const file = ${JSON.stringify(file)}
      await mp.call(() => { writeFileSync(file, String(process.pid)); for (;;); }).result()`)
      const pidOf = (): Promise<string> => readFile(file, 'utf8').catch(() => '')
      await expect.poll(pidOf, { timeout: 30_000 }).toMatch(/^\d+$/)
      const pid = Number(await pidOf())
      expect(isAlive(pid)).toBe(true)
      child.kill(signal)
      await ended
      await expect.poll(() => isAlive(pid), { timeout: 10_000 }).toBe(false)
    },
  )
})
