import { appendFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { changeFrom } from '../../lib/aws/store/stream-changes.ts'
import type { Jid } from '../../lib/client/api.ts'
import { createClient } from '../../lib/client/client.ts'
import type { Cloud } from '../../lib/client/cloud-api.ts'
import type { JidRange } from '../../lib/client/jids/jid-range.ts'
import { paths } from '../../lib/protocol/paths.ts'
import type { Death } from './kill-points/dying.ts'
import { type Role, World } from './kill-points/world.ts'

const deployment = inject('deployment')
const tables = inject('dynamoDbLocal')

/** Milliseconds: a lease, SQS's pauses, and far more for a busy machine. */
const PATIENCE = 40_000

/** Leaves a trace that no store knows of. */
function work(tag = '', log = ''): string {
  appendFileSync(log, `${tag} ${process.pid}\n`)
  return `did ${tag}`
}

interface Point {
  readonly where: string
  readonly role: Role
  readonly death: Death
  /** Whether jobs are lost that began: they begin again. Default false: none that ended does. */
  readonly loses?: boolean
}

const points: readonly Point[] = [
  { where: 'before the send', role: 'api', death: { port: 'jobs', verb: 'send' } },
  { where: 'after the send', role: 'api', death: { port: 'jobs', verb: 'send', after: true } },
  { where: 'after the header', role: 'api', death: { port: 'store', verb: 'insert', after: true } },
  { where: 'before the claim', role: 'executor', death: { port: 'store', verb: 'putRuns' } },
  { where: 'after the claim', role: 'executor', death: { port: 'store', verb: 'putRuns', after: true }, loses: true },
  {
    where: 'before the result is stored',
    role: 'executor',
    death: { port: 'store', verb: 'putRuns', ofEnds: true },
    loses: true,
  },
  {
    where: 'after the result is stored',
    role: 'executor',
    death: { port: 'store', verb: 'putRuns', after: true, ofEnds: true },
  },
  { where: 'before its message goes', role: 'executor', death: { port: 'jobs', verb: 'delete' } },
]

const gatePoints: readonly (readonly [string, Death])[] = [
  ['in the middle of a stream’s batch', { port: 'store', verb: 'putGate', after: true }],
  ['before the jobs that waited are sent', { port: 'jobs', verb: 'send' }],
  ['after the jobs that waited are sent', { port: 'jobs', verb: 'send', after: true }],
]

describe.skipIf(deployment === undefined || tables === undefined)('handlers that are killed', () => {
  const { endpoint = '', certificate = '' } = deployment ?? {}
  const stack = new AsyncDisposableStack()
  let world: World
  let cases = 0

  beforeAll(async () => {
    world = stack.use(await World.open({ endpoint, certificate, tables: tables ?? '' }))
  })

  afterAll(() => stack.disposeAsync())

  function connect(): Cloud {
    const url = 'http://kill-points.invalid'
    const info = { type: 'http', url } as const
    const connection = {
      url,
      info,
      async fetch(local: { toRequest(): Request }) {
        const request = local.toRequest()
        const { method, headers } = request
        const body = new Uint8Array(await request.arrayBuffer())
        const answer = await world.fetch({
          url: request.url,
          method,
          headers: Object.fromEntries(headers),
          body: body.byteLength > 0 ? body : undefined,
        })
        return new Response(answer.status === 204 ? null : new Uint8Array(answer.body), answer)
      },
    }
    return createClient({ connect: () => connection, info: () => info }).cloud
  }

  const tagsOf = (name: string): string[] => [`${name}-a`, `${name}-b`, `${name}-c`]

  async function isQuiet(): Promise<void> {
    await expect.poll(() => world.isQuiet(), { timeout: PATIENCE, interval: 50 }).toBe(true)
  }

  /** How often the job with this tag began. */
  async function begun(tag: string): Promise<number> {
    return (await world.effects()).filter(line => line.startsWith(`${tag} `)).length
  }

  /** One end, one result, no start without a claim, and nothing left of them anywhere. Answers the claims of each. */
  async function endOnce(jids: Iterable<Jid>, tags: readonly string[]): Promise<number[]> {
    await isQuiet()
    await using cloud = connect()
    const claims: number[] = []
    for (const [index, jid] of [...jids].entries()) {
      const tag = tags[index] ?? ''
      expect(await cloud.status(jid)).toBe('done')
      expect(await cloud.result(jid)).toBe(`did ${tag}`)
      // The stream may be behind.
      await expect.poll(() => world.ends(Number(jid)).length, { timeout: PATIENCE, interval: 50 }).toBeGreaterThan(0)
      const ends = world.ends(Number(jid))
      expect(ends).toHaveLength(1)
      const count = await begun(tag)
      expect(count).toBeGreaterThanOrEqual(1)
      expect(count).toBeLessThanOrEqual(ends[0]?.attempt ?? 0)
      claims.push(ends[0]?.attempt ?? 0)
    }
    return claims
  }

  test.each(points)(
    '$where: each accepted job ends once',
    { timeout: 2 * PATIENCE },
    async ({ role, death, loses }) => {
      const tags = tagsOf(`case${++cases}`)
      const doomed = world.doom(role, death)
      world.unanswered = []
      await using cloud = connect()
      const mapped = cloud.map(
        work,
        tags,
        tags.map(() => world.log),
      )
      const jids = await mapped
      expect(await mapped.result()).toEqual(tags.map(tag => `did ${tag}`))
      expect(await doomed.ended).toBe('SIGKILL')
      const claims = await endOnce(jids, tags)
      expect(claims).toContain(loses === true ? 2 : 1)
      // The client asked again by itself; and whoever asks once more changes nothing.
      const submits = world.unanswered.filter(({ url }) => url.endsWith(paths.jobs))
      expect(submits).toHaveLength(role === 'api' ? 1 : 0)
      for (const submit of submits) expect((await world.fetch(submit)).status).toBeLessThan(300)
      expect(await endOnce(jids, tags)).toEqual(claims)
    },
  )

  test.each(gatePoints)('%s: what waits for others runs, once', { timeout: 2 * PATIENCE }, async (_, death) => {
    const [first, second] = [tagsOf(`case${++cases}`), tagsOf(`case${++cases}`)]
    const doomed = world.doom('gates', death)
    await using cloud = connect()
    const logs = first.map(() => world.log)
    const before = await cloud.map(work, first, logs)
    const mapped = cloud.with({ dependsOn: before }).map(work, second, logs)
    const after = await mapped
    expect(await mapped.result()).toEqual(second.map(tag => `did ${tag}`))
    expect(await doomed.ended).toBe('SIGKILL')
    await endOnce(before, first)
    await endOnce(after, second)
  })

  test('messages and records that come twice, and out of order, change nothing', {
    timeout: 2 * PATIENCE,
  }, async () => {
    const generations = [tagsOf(`case${++cases}`), tagsOf(`case${++cases}`), tagsOf(`case${++cases}`)]
    await using cloud = connect()
    world.doubling = true
    const ended: JidRange<string>[] = []
    for (const tags of generations) {
      const before = ended.at(-1)
      const logs = tags.map(() => world.log)
      const jids = await cloud.with(before === undefined ? {} : { dependsOn: before }).map(work, tags, logs)
      ended.push(jids)
      // Before their gate is open, too.
      const messages = [...jids].map(jid => ({ first: Number(jid), weight: 1 }))
      await world.send([...messages, ...messages].toReversed())
    }
    for (const [index, jids] of ended.entries()) await endOnce(jids, generations[index] ?? [])
    world.doubling = false
    // All that was ever told on the stream, by the dead as well: from its end, and then as it was.
    const [told, effects] = [[...world.stream.records], await world.effects()]
    const jids = ended.flatMap(range => [...range])
    await world.deliver(told.toReversed())
    await world.deliver(told)
    await world.send(jids.map(jid => ({ first: Number(jid), weight: 1 })))
    for (const [index, range] of ended.entries()) await endOnce(range, generations[index] ?? [])
    expect(await world.effects()).toEqual(effects)
    const later = world.stream.records.slice(told.length).filter(record => changeFrom(record)?.kind === 'run')
    expect(later).toEqual([])
  })

  test('no process of a job outlives the one that it was started by', async () => {
    const pids = new Set((await world.effects()).map(line => Number(line.split(' ')[1])))
    expect(pids.size).toBeGreaterThan(1)
    await stack.disposeAsync()
    for (const pid of pids) await expect.poll(() => isAlive(pid), { timeout: PATIENCE, interval: 50 }).toBe(false)
  })
})

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
