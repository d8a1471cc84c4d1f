import { expect } from 'vitest'
import { scenario } from './ways.ts'

scenario('processes', story => {
  story('killProcess gives a job a process of its own', {}, async cloud => {
    const own = cloud.with({ killProcess: true })
    const pids = await cloud.result(await own.map(() => process.pid, [1, 2, 3]))
    expect(new Set(pids).size).toBe(3)
  })

  story('highCpu and profile are seen in info', {}, async cloud => {
    const busy = (): number => {
      const until = Date.now() + 50
      let turns = 0
      while (Date.now() < until) turns++
      return turns
    }
    const jid = await cloud.with({ highCpu: true, profile: true }).call(busy)
    await cloud.join(jid)
    const info = (await cloud.info(jid, ['highCpu', 'profile', 'memory', 'cputime', 'started', 'finished', 'created']))[
      Number(jid)
    ]
    expect(info?.highCpu).toBe(true)
    const profile = JSON.parse(info?.profile ?? 'null') as {
      nodes: unknown[]
      samples: unknown[]
      timeDeltas: unknown[]
    }
    expect(profile.nodes.length).toBeGreaterThan(0)
    expect(profile.samples.length).toBe(profile.timeDeltas.length)
    expect(info?.memory).toBeGreaterThan(1_000_000)
    expect(info?.cputime?.user).toBeGreaterThan(0)
    expect(info?.finished).toBeGreaterThanOrEqual(info?.started ?? Number.POSITIVE_INFINITY)
    expect(info?.started).toBeGreaterThanOrEqual(info?.created ?? Number.POSITIVE_INFINITY)
  })

  story('output is readable while the job runs', {}, async cloud => {
    const jid = await cloud.call(async () => {
      console.log('half way')
      await new Promise(resolve => setTimeout(resolve, 60_000))
    })
    await expect
      .poll(async () => (await cloud.info(jid, 'stdout'))[Number(jid)]?.stdout, { timeout: 30_000 })
      .toBe('half way\n')
    await cloud.kill(jid)
  })

  story('the environment of the service is not the job’s', {}, async cloud => {
    process.env['PICLOUD_API_SECRETKEY'] = 'hush'
    try {
      expect(
        await cloud
          .with({ killProcess: true })
          .call(() => process.env['PICLOUD_API_SECRETKEY'])
          .result(),
      ).toBeUndefined()
    } finally {
      delete process.env['PICLOUD_API_SECRETKEY']
    }
  })
})
