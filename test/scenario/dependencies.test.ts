import { expect } from 'vitest'
import type { CloudException } from '../../lib/index.ts'
import { scenario } from './ways.ts'

const fail = (): never => {
  throw new Error('it broke')
}

scenario('dependencies', story => {
  story('a job waits for those that it depends on', { everywhere: true }, async cloud => {
    const first = await cloud.map((x: number) => new Promise<number>(resolve => setTimeout(resolve, 200, x)), [1, 2])
    const second = await cloud.with({ dependsOn: first }).call(() => Date.now())
    const ended = await cloud.info(first, 'finished')
    await cloud.join(second)
    const [latest] = Object.values(await cloud.info(first, 'finished'))
      .map(({ finished }) => finished ?? 0)
      .sort((a, b) => b - a)
    expect(await cloud.result(second)).toBeGreaterThanOrEqual((latest ?? 0) - 5)
    expect(Object.keys(ended)).toHaveLength(2)
  })

  story(
    'a failure stalls what depends on it, at once and in cascade, and names itself',
    { everywhere: true },
    async cloud => {
      const broken = await cloud.call(fail)
      const second = await cloud.with({ dependsOn: broken }).call(() => 1)
      const third = await cloud.with({ dependsOn: second }).call(() => 2)
      await cloud.join([second, third], { ignoreErrors: true })
      expect(await cloud.status([broken, second, third])).toEqual(['error', 'stalled', 'stalled'])
      const error = (await cloud.result(second).catch((caught: unknown) => caught)) as CloudException
      expect(error).toMatchObject({ code: 'stalled', status: 'stalled', jid: Number(second) })
      expect(error.message).toContain(String(Number(broken)))
      // Submitted when its dependency had failed long ago.
      const late = await cloud.with({ dependsOn: third }).call(() => 3)
      await expect(cloud.result(late)).rejects.toMatchObject({ code: 'stalled' })
    },
  )

  story('dependsOnErrors: ignore runs all the same', { everywhere: true }, async cloud => {
    const broken = await cloud.call(fail)
    expect(
      await cloud
        .with({ dependsOn: broken, dependsOnErrors: 'ignore' })
        .call(() => 'ran')
        .result(),
    ).toBe('ran')
  })

  story('results flow from job to job', { everywhere: true }, async cloud => {
    const words = await cloud.map((text: string) => text.toUpperCase(), ['a', 'b', 'c'])
    const joined = await cloud.call((all: string[]) => all.join('-'), cloud.ref(words))
    const length = await cloud.call((text: string) => text.length, cloud.ref(joined))
    expect(await cloud.result([joined, length])).toEqual(['A-B-C', 5])
    const again = await cloud.map((text = '', n = 0) => text.repeat(n), cloud.refs(words), [1, 2, 3])
    expect(await cloud.result(again)).toEqual(['A', 'BB', 'CCC'])
  })

  story('a job whose argument failed is stalled', {}, async cloud => {
    const broken = await cloud.call(fail)
    const next = await cloud.call((value: unknown) => value, cloud.ref(broken))
    await expect(cloud.result(next)).rejects.toMatchObject({ status: 'stalled' })
  })

  story('startAfter delays', {}, async cloud => {
    const before = Date.now()
    const started = await cloud
      .with({ startAfter: '300ms' })
      .call(() => Date.now())
      .result()
    expect(started).toBeGreaterThanOrEqual(before + 295)
    const moment = new Date(Date.now() + 200)
    expect(
      await cloud
        .with({ startAfter: moment })
        .call(() => Date.now())
        .result(),
    ).toBeGreaterThanOrEqual(moment.getTime() - 5)
  })

  story('a job that waits can be killed', {}, async cloud => {
    const slow = await cloud.call(() => new Promise(resolve => setTimeout(resolve, 60_000)))
    const waiting = await cloud.with({ dependsOn: slow }).call(() => 1)
    expect(await cloud.status(waiting)).toBe('waiting')
    await cloud.kill(waiting)
    expect(await cloud.status(waiting)).toBe('killed')
    await cloud.kill(slow)
  })

  story('callbacks run here, once, in order', { everywhere: true }, async cloud => {
    const calls: string[] = []
    const all = Promise.withResolvers<void>()
    const note = (name: string) => (jid: unknown) => {
      calls.push(`${name} ${jid}`)
      if (calls.length === 3) all.resolve()
    }
    const options = { callback: [note('one'), note('two')], callbackOnError: note('error') }
    const good = await cloud.with(options).call(() => 1)
    await expect.poll(() => calls.length).toBe(2)
    const bad = await cloud.with(options).call(fail)
    await all.promise
    expect(calls).toEqual([`one ${good}`, `two ${good}`, `error ${bad}`])
  })
})
