import { describe, expect, test } from 'vitest'
import { ADDRESS_LIMIT, KEY_LIMIT } from '../../../lib/engine/service/failed-sign-ins.ts'
import { LIMITED_CACHE_MS } from '../../../lib/engine/service/sign-in.ts'
import { service } from './processes.ts'

describe('whoever fails too often', () => {
  const failing = async (ask: ReturnType<typeof service>['ask'], name: string | number, count: number) => {
    for (let nth = 0; nth < count; nth++) expect(await ask(name, `guess ${nth}`)).toBeUndefined()
  }

  test('has to wait, and is told how long; a right key passes', async () => {
    const { one, ask, time } = service()
    const { key, secret } = await one.createKey({})
    await failing(ask, key, ADDRESS_LIMIT.failures)
    await expect(ask(key, 'one more')).rejects.toMatchObject({ code: 'rate-limited', retryAfter: 6 })
    expect(await ask(key, secret)).toMatchObject({ key })
    expect(await ask(key, 'from elsewhere', { from: 'there' })).toBeUndefined()
    time.now += 6_000
    expect(await ask(key, 'again')).toBeUndefined()
    await expect(ask(key, 'and again')).rejects.toMatchObject({ code: 'rate-limited' })
  })

  test('at one key, from everywhere, has to wait; its holder passes, and so does who fails at another', async () => {
    const { one, ask, time } = service()
    const { key, secret } = await one.createKey({})
    for (let nth = 0; nth < KEY_LIMIT.failures; nth++) {
      expect(await ask(key, 'a guess', { from: `bot ${nth}` })).toBeUndefined()
    }
    await expect(ask(key, 'a guess', { from: 'one more' })).rejects.toMatchObject({
      code: 'rate-limited',
      retryAfter: 1,
    })
    expect(await ask(key, secret, { from: 'one more' })).toMatchObject({ key })
    expect(await ask(key + 1, 'a guess', { from: 'one more' })).toBeUndefined()
    time.now += KEY_LIMIT.forgetMs
    expect(await ask(key, 'a guess', { from: 'one more' })).toBeUndefined()
    await expect(ask(key, 'a guess', { from: 'another' })).rejects.toMatchObject({ code: 'rate-limited' })
  })

  test('at a key that is not there yet keeps nobody from it who makes it elsewhere', async () => {
    const { one, two, ask, time } = service({ processes: 2 })
    for (let nth = 0; nth <= KEY_LIMIT.failures; nth++) {
      await ask(1, 'a guess', { from: `bot ${nth}`, by: two }).catch(() => undefined)
    }
    const { key, secret } = await one.createKey({})
    time.now += LIMITED_CACHE_MS
    expect(await ask(key, secret, { by: two })).toMatchObject({ key: 1 })
    await expect(ask(key, 'a guess', { from: 'there', by: two })).resolves.toBeUndefined()
  })

  test('with keys is held to it also when all come at once', async () => {
    const { one, ask } = service()
    const { key } = await one.createKey({})
    const guesses = await Promise.allSettled(Array.from({ length: 50 }, (_, nth) => ask(key, `guess ${nth}`)))
    expect(guesses.filter(({ status }) => status === 'fulfilled')).toHaveLength(ADDRESS_LIMIT.failures)
  })

  test('takes the same steps whatever is wrong', async () => {
    const steps: Record<string, unknown> = {}
    for (const wrong of ['secret', 'id', 'switched off'] as const) {
      const { one, ask, count } = service()
      const { key, secret } = await one.createKey({})
      if (wrong === 'switched off') await one.changeKey(key, { active: false })
      const before = { ...count }
      expect(await ask(wrong === 'id' ? key + 1 : key, wrong === 'secret' ? 'a guess' : secret)).toBeUndefined()
      steps[wrong] = Object.entries(count).map(([what, times]) => [what, times - before[what as keyof typeof before]])
    }
    expect(steps['id']).toEqual(steps['secret'])
    expect(steps['switched off']).toEqual(steps['secret'])
    expect(steps['secret']).toContainEqual(['compared', 2])
  })

  test('with unknown keys costs no read beyond that', async () => {
    const { ask, count } = service()
    await failing(ask, 9, ADDRESS_LIMIT.failures)
    const before = count.reads
    for (let nth = 0; nth < 5; nth++) await expect(ask(9, 'x')).rejects.toMatchObject({ code: 'rate-limited' })
    expect(count.reads).toBe(before)
  })

  test('with passwords is stopped before they are hashed, also when all come at once', async () => {
    const { one, ask, count } = service()
    await one.setAdmin({ username: 'ada', password: 'correct horse' })
    const before = count.passwords
    const guesses = await Promise.allSettled(Array.from({ length: 50 }, (_, nth) => ask('ada', `guess ${nth}`)))
    expect(guesses.filter(({ status }) => status === 'fulfilled')).toHaveLength(ADDRESS_LIMIT.failures)
    expect(count.passwords - before).toBe(ADDRESS_LIMIT.failures)
    await expect(ask('ada', 'correct horse')).rejects.toMatchObject({ code: 'rate-limited' })
  })
})
