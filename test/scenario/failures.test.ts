import { expect } from 'vitest'
import { type Cloud, CloudException, type Jid, job } from '../../lib/index.ts'
import { scenario } from './ways.ts'

class OutOfPaper extends Error {
  readonly tray: number

  constructor(tray: number) {
    super(`Tray ${tray} is empty.`)
    this.name = 'OutOfPaper'
    this.tray = tray
  }
}

async function failureOf(cloud: Cloud, jid: Jid): Promise<CloudException> {
  const error: unknown = await cloud.result(jid).then(
    value => new Error(`It ended well, with ${String(value)}.`),
    (caught: unknown) => caught,
  )
  expect(error).toBeInstanceOf(CloudException)
  return error as CloudException
}

/** The pool goes on working, whatever became of a job. */
async function worksOn(cloud: Cloud): Promise<void> {
  expect(await cloud.call((x: number) => x + 1, 1).result()).toBe(2)
}

scenario('failures', story => {
  story('a thrown error comes back, of its own class, with both stacks', { everywhere: true }, async cloud => {
    const print = (): never => {
      throw new OutOfPaper(3)
    }
    const jid = await cloud.call(print)
    const error = await failureOf(cloud, jid)
    expect(error).toMatchObject({ code: 'exception', status: 'error', jid: Number(jid) })
    expect(error.cause).toBeInstanceOf(OutOfPaper)
    expect((error.cause as OutOfPaper).tray).toBe(3)
    // The remote frame is where it is thrown in this file; the local one where it was waited for.
    const [remote, local] = (error.stack ?? '').split('[here its result was asked for]')
    expect(remote).toMatch(/failures\.test\.ts\S*:\d+:\d+/)
    expect(local).toMatch(/failures\.test\.ts\S*:\d+:\d+/)
    await worksOn(cloud)
  })

  story(
    'with several jobs the first failure ends the wait; ignoreErrors waits for all',
    { everywhere: true },
    async cloud => {
      const jids = await cloud.map(
        (x: number) => {
          if (x > 1) throw new Error(`no ${x}`)
          return x
        },
        [1, 2, 3],
      )
      await expect(cloud.result(jids)).rejects.toMatchObject({ code: 'exception' })
      await expect(cloud.join(jids)).rejects.toMatchObject({ code: 'exception' })
      const values = await cloud.result(jids, { ignoreErrors: true })
      expect(values[0]).toBe(1)
      expect(values.slice(1).map(value => (value as CloudException).jid)).toEqual([jids.first + 1, jids.first + 2])
    },
  )

  story('of calls made together, one that the service refuses rejects alone', { everywhere: true }, async cloud => {
    const submitted = [
      cloud.call(() => 1),
      cloud.with({ dependsOn: 999_999_999_999 as never }).call(() => 2),
      cloud.with({ label: 'three' }).call(() => 3),
      cloud.with({ env: 'nobody made it' }).call(() => 4),
      cloud.call(() => 5),
    ]
    const [one, unknown, three, elsewhere, five] = await Promise.allSettled(submitted)
    expect(unknown).toMatchObject({ status: 'rejected', reason: { code: 'unknown-job', jid: 999_999_999_999 } })
    expect(elsewhere).toMatchObject({ reason: { code: expect.stringMatching(/^(?:not-found|unsupported)$/) } })
    const taken = [one, three, five].map(end => (end as PromiseFulfilledResult<Jid<number>>).value)
    expect(await cloud.result(taken)).toEqual([1, 3, 5])
  })

  story('process.exit', {}, async cloud => {
    const jid = await cloud.call(() => {
      console.log('last words')
      process.exit(3)
    })
    expect(await failureOf(cloud, jid)).toMatchObject({ code: 'exit', status: 'error' })
    expect((await cloud.info(jid, 'stdout'))[Number(jid)]?.stdout).toBe('last words\n')
    await worksOn(cloud)
  })

  story('a heap without end', {}, async cloud => {
    const jid = await cloud.call(() => {
      const list: object[] = []
      for (;;) list.push({ list: new Array(1_000).fill(list.length) })
    })
    expect(await failureOf(cloud, jid)).toMatchObject({ code: 'oom' })
    await worksOn(cloud)
  })

  story('Buffers without end', {}, async cloud => {
    const jid = await cloud.call(async () => {
      const list: Buffer[] = []
      for (;;) {
        list.push(Buffer.alloc(50_000_000, 1))
        await new Promise(resolve => setTimeout(resolve, 5))
      }
    })
    expect(await failureOf(cloud, jid)).toMatchObject({ code: 'oom' })
    await worksOn(cloud)
  })

  story('an endless loop ends with maxRuntime, or by kill within 3 s', { everywhere: true }, async cloud => {
    const endless = (): never => {
      for (;;);
    }
    expect(await failureOf(cloud, await cloud.with({ maxRuntime: '200ms' }).call(endless))).toMatchObject({
      code: 'timeout',
    })
    const jid = await cloud.call(endless)
    await expect.poll(() => cloud.status(jid), { timeout: 30_000 }).toBe('processing')
    const start = performance.now()
    await cloud.kill(jid)
    expect(await failureOf(cloud, jid)).toMatchObject({ code: 'killed', status: 'killed' })
    expect(performance.now() - start).toBeLessThan(10_000)
    await worksOn(cloud)
  })

  story('what is thrown is no error', { everywhere: true }, async cloud => {
    const jid = await cloud.call(() => {
      throw { reason: 7 }
    })
    const error = await failureOf(cloud, jid)
    expect(error).toMatchObject({ code: 'exception', cause: { reason: 7 } })
  })

  story('a promise that rejects, at once or later and unheard', {}, async cloud => {
    expect(await failureOf(cloud, await cloud.call(() => Promise.reject(new Error('later'))))).toMatchObject({
      code: 'exception',
    })
    const jid = await cloud.call(async () => {
      void Promise.reject(new Error('unheard'))
      await new Promise(resolve => setTimeout(resolve, 60_000))
    })
    expect(await failureOf(cloud, jid)).toMatchObject({ status: 'error' })
    await worksOn(cloud)
  })

  story('100 MB of output leave their last 64 k characters', {}, async cloud => {
    const jid = await cloud.call(() => {
      const line = `${'x'.repeat(99_999)}\n`
      for (let written = 0; written < 1_000; written++) process.stdout.write(line)
      process.stdout.write('the end')
    })
    await cloud.join(jid)
    const info = (await cloud.info(jid, ['stdout', 'stdoutDropped']))[Number(jid)]
    expect(info?.stdout.length).toBe(65_536)
    expect(info?.stdout.endsWith('the end')).toBe(true)
    expect(info?.stdoutDropped).toBe(100_000_007 - 65_536)
  })

  story('a result that can’t travel is told by its path', { everywhere: true }, async cloud => {
    const jid = await cloud.call(() => ({ inner: [new WeakMap()] }) as unknown)
    const error = await failureOf(cloud, jid)
    expect(error).toMatchObject({ code: 'result-unserializable' })
    expect(error.message).toContain('inner')
    await worksOn(cloud)
  })

  story('an argument or a captured value that can’t travel is refused before anything is sent', {}, async cloud => {
    const held = new WeakMap()
    await expect(cloud.call(() => held.has({}))).rejects.toMatchObject({ code: 'capture' })
    await expect(cloud.call((given: unknown) => given, { deep: [held] })).rejects.toThrow(/deep/)
  })

  story('retries try again', { everywhere: true }, async cloud => {
    const jid = await cloud.with({ retries: 2 }).call(() => {
      if ((job?.attempt ?? 0) < 3) throw new Error('not yet')
      return job?.attempt
    })
    expect(await cloud.result(jid)).toBe(3)
    expect((await cloud.info(jid, 'attempts'))[Number(jid)]?.attempts).toBe(3)
  })

  story('a timeout leaves the job running', { everywhere: true }, async cloud => {
    const jid = await cloud.call(() => new Promise(resolve => setTimeout(resolve, 700, 'there')))
    await expect(cloud.result(jid, { timeout: '10ms' })).rejects.toMatchObject({ code: 'wait-timeout' })
    await expect(cloud.result(jid, { signal: AbortSignal.timeout(10) })).rejects.toMatchObject({ code: 'aborted' })
    expect(await cloud.result(jid, { timeout: '1m' })).toBe('there')
  })

  story('a signal given at submit kills the job', {}, async cloud => {
    const controller = new AbortController()
    const jid = await cloud
      .with({ signal: controller.signal })
      .call(() => new Promise(resolve => setTimeout(resolve, 60_000)))
    controller.abort()
    expect(await failureOf(cloud, jid)).toMatchObject({ status: 'killed' })
  })
})
