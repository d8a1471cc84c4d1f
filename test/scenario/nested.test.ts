import { expect } from 'vitest'
import cloud, { connect, job, mp } from '../../lib/index.ts'
import { scenario } from './ways.ts'

/** Each job starts the next and waits for it. */
async function descend(levels: number): Promise<number[]> {
  const own = Number(job?.jid)
  if (levels === 0) return [own]
  return [own, ...(await cloud.call(descend, levels - 1).result())]
}

scenario('jobs that start jobs', story => {
  story('a job knows itself', { everywhere: true }, async client => {
    const jid = await client.call(() => [Number(job?.jid), job?.attempt, job?.signal.aborted, cloud.runningOnCloud()])
    expect(await client.result(jid)).toEqual([Number(jid), 1, false, true])
    expect(job).toBeUndefined()
    expect(client.runningOnCloud()).toBe(false)
  })

  story('five levels deep, each waiting for the next', { everywhere: true }, async client => {
    const family = await client.call(descend, 5).result()
    expect(new Set(family).size).toBe(6)
    const parents = await client.info(family, 'parent')
    expect(family.slice(1).map(jid => parents[jid]?.parent)).toEqual(family.slice(0, -1))
  })

  story('cloud and mp mean the same there', {}, async client => {
    const both = await client.call(async () => {
      const jids = await mp.map((x: number) => 2 * x, [1, 2, 3])
      return [await cloud.result(jids), jids.count]
    })
    expect(await client.result(both)).toEqual([[2, 4, 6], 3])
  })

  story('a range of jids travels', {}, async client => {
    const jids = await client.map((x: number) => x + 1, [1, 2])
    expect(await client.call(range => cloud.result(range), jids).result()).toEqual([2, 3])
  })

  story('killing a tree ends what a job started', { everywhere: true }, async client => {
    const parent = await client.call(async () => {
      const child = await cloud
        .with({ label: 'the child' })
        .call(() => new Promise(resolve => setTimeout(resolve, 60_000)))
      return cloud.result(child)
    })
    await expect
      .poll(async () => (await client.jobs({ label: 'the child' }))[0]?.status, { timeout: 30_000 })
      .toBe('processing')
    await client.kill(parent, { tree: true })
    const [child] = await client.jobs({ label: 'the child' })
    await client.join([parent, ...(child?.jids ?? [])], { ignoreErrors: true })
    expect(await client.status([parent, ...(child?.jids ?? [])])).toEqual(['killed', 'killed'])
  })

  story('job.signal aborts when the job is killed', {}, async client => {
    const jid = await client.call(async () => {
      console.log('started')
      await new Promise(resolve => job?.signal.addEventListener('abort', resolve))
      console.log('told')
    })
    await expect
      .poll(async () => (await client.info(jid, 'stdout'))[Number(jid)]?.stdout, { timeout: 30_000 })
      .toContain('started')
    await client.kill(jid)
    await client.join(jid, { ignoreErrors: true })
    expect(await client.status(jid)).toBe('killed')
    expect((await client.info(jid, 'stdout'))[Number(jid)]?.stdout).toContain('told')
  })
})

scenario('one worker', story => {
  story('does not deadlock when a job waits for its children', {}, async () => {
    await using single = connect({ workers: 1 })
    expect((await single.call(descend, 3).result()).length).toBe(4)
  })
})
