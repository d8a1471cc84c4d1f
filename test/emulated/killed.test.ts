import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, inject, test, vi } from 'vitest'
import { connect } from '../../lib/index.ts'

const deployment = inject('deployment')

/** Milliseconds after which a machine's death is noticed, its lease, and the message's next turn. */
const PATIENCE_MS = 110_000

describe.skipIf(deployment === undefined)('an executor that is killed', () => {
  const { url = '', key = '', secret = '', folder = '' } = deployment ?? {}

  async function lines(file: string): Promise<string[]> {
    const text = await readFile(file, 'utf8').catch(() => '')
    return text.split('\n').filter(line => line !== '')
  }

  /** Waits for the first begin of a job that notes its executor in the file, and kills that. */
  async function killFirst(file: string): Promise<void> {
    const [pid] = await vi.waitUntil(
      async () => {
        const begun = await lines(file)
        return begun.length > 0 && begun
      },
      { timeout: 30_000, interval: 100 },
    )
    process.kill(Number(pid), 'SIGKILL')
  }

  test('its jobs run elsewhere, and end once; those that may not end as lost', { timeout: PATIENCE_MS }, async () => {
    await using cloud = connect({ url, key, secret })
    const files = ['again', 'once'].map(name => join(folder, `killed-${name}-${Date.now()}`)) as [string, string]
    // The emulator's functions are processes of this machine: they see its files.
    const work = async (file: string): Promise<number> => {
      const { appendFileSync, readFileSync } = await import('node:fs')
      appendFileSync(file, `${process.ppid}\n`)
      const begins = readFileSync(file, 'utf8').trim().split('\n').length
      if (begins === 1) await new Promise(resolve => setTimeout(resolve, 60_000))
      return begins
    }
    const again = await cloud.call(work, files[0])
    const once = await cloud.with({ restartable: false }).call(work, files[1])
    await Promise.all(files.map(killFirst))
    expect(await cloud.result(again)).toBe(2)
    await expect(cloud.result(once)).rejects.toMatchObject({ code: 'lost' })
    expect(await lines(files[1])).toHaveLength(1)
    expect(await cloud.status([again, once])).toEqual(['done', 'error'])
  })
})
