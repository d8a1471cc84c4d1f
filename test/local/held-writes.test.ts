import { spawnSync } from 'node:child_process'
import { setImmediate as turn } from 'node:timers/promises'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { HOLD_MS } from '../../lib/local/database.ts'
import { openDatabase } from '../../lib/local/open-database.ts'
import { freshFolder } from './fresh-folder.ts'
import { notes } from './notes.ts'

describe('writes that may be held back', () => {
  /** A write by who has time, and what it heard by now. */
  async function patient() {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    onTestFinished(() => void vi.useRealTimers())
    const world = notes()
    const add = world.database.prepare('INSERT INTO pointers VALUES (?)')
    const heard: string[] = []
    const write = async (value: number): Promise<void> => {
      const kept = world.database.begin()
      await world.database.ahead.write(() => add.run(value))
      void kept('soon').then(
        () => heard.push('kept'),
        () => heard.push('taken back'),
      )
    }
    await write(1)
    for (let nth = 0; nth < 3; nth++) await turn()
    expect(heard).toEqual([])
    return { ...world, heard, write }
  }

  it('are kept once that is over, and not before', async () => {
    const { heard } = await patient()
    await vi.advanceTimersByTimeAsync(HOLD_MS - 1)
    expect(heard).toEqual([])
    await vi.advanceTimersByTimeAsync(1)
    expect(heard).toEqual(['kept'])
  })

  it.each([
    ['is read by somebody else', ({ read }: Awaited<ReturnType<typeof patient>>) => read()],
    ['is followed by a write of somebody else', ({ put }) => put(2)],
    ['is to be kept now', ({ database }) => database.begin()()],
  ])('are kept at the end of the turn in which what they wrote %s', async (_what, happens) => {
    const world = await patient()
    await world.write(3)
    const told = happens(world).then(() => world.heard.push('told'))
    expect(world.heard).toEqual([])
    await told
    expect(world.heard).toEqual(['kept', 'kept', 'told'])
  })

  it('are kept by the close', async () => {
    const { database, heard } = await patient()
    database.close()
    await turn()
    expect(heard).toEqual(['kept'])
  })

  it('are all taken back where a later one fails, and are gone then', async () => {
    const { database, put, read, heard } = await patient()
    let told = false
    database.afterwards(() => {
      told = true
    })
    await expect(put(1)).rejects.toMatchObject({ code: 'unavailable' })
    await turn()
    expect([heard, told, await read()]).toEqual([['taken back'], false, []])
  })

  it('are not in the file before: who is killed leaves nothing of them', async () => {
    const folder = freshFolder()
    const program = `
      import { openDatabase } from ${JSON.stringify(new URL('../../lib/local/open-database.ts', import.meta.url).href)}
      const database = openDatabase({ folder: ${JSON.stringify(folder)} })
      const add = database.prepare('INSERT INTO pointers VALUES (?)')
      await database.write(() => add.run(1))
      const kept = database.begin()
      await database.ahead.write(() => add.run(2))
      kept('soon')
      setImmediate(() => process.kill(process.pid, 'SIGKILL'))`
    const { signal } = spawnSync(process.execPath, ['--input-type=module', '--eval', program])
    expect(signal).toBe('SIGKILL')
    const database = openDatabase({ folder })
    onTestFinished(() => database.close())
    expect(database.prepare('SELECT gate FROM pointers').all()).toEqual([[1]])
  })
})
