import { describe, expect, test } from 'vitest'
import { createAccounts, USE_MS } from '../../../lib/engine/service/accounts.ts'
import { KEYRING_CACHE_MS } from '../../../lib/engine/service/sign-in.ts'
import { secrets } from '../../../lib/http/watch/secrets.ts'
import { service } from './processes.ts'

describe('keys', () => {
  test('a new key works at once, everywhere, and its secret is nowhere kept', async () => {
    const { one, two, ask, kept } = service({ processes: 2 })
    expect(await ask(1, 'too early', { by: two })).toBeUndefined()
    const made = await one.createKey({ note: 'laptop', scopes: ['read'] })
    expect(made).toEqual({
      key: 1,
      active: true,
      created: 1_000_000,
      note: 'laptop',
      scopes: ['read'],
      used: null,
      secret: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/),
    })
    for (const by of [one, two])
      expect(await ask(1, made.secret, { by })).toEqual({ kind: 'key', key: 1, scopes: ['read'] })
    expect(JSON.stringify(await kept.list({ kind: 'keys', limit: 9 }))).not.toContain(made.secret)
    const { secret: _, ...facts } = made
    expect(await two.keys()).toEqual([{ ...facts, used: 1_000_000 }])
  })

  test('one that was switched off stops at once here, and within a minute elsewhere', async () => {
    const { one, two, ask, time } = service({ processes: 2 })
    const { key, secret } = await one.createKey({})
    expect(await ask(key, secret, { by: two })).toBeDefined()
    await one.changeKey(key, { active: false })
    expect(await ask(key, secret)).toBeUndefined()
    time.now += KEYRING_CACHE_MS + 1
    expect(KEYRING_CACHE_MS).toBeLessThan(60_000)
    expect(await ask(key, secret, { by: two })).toBeUndefined()
    await one.changeKey(key, { active: true })
    expect(await ask(key, secret, { by: two })).toBeDefined()
    await one.deleteKey(key)
    expect(await ask(key, secret)).toBeUndefined()
    expect(await one.keys()).toEqual([])
  })

  test('fifty are made at once by two processes, and no more', async () => {
    const { one, two } = service({ processes: 2 })
    const made = await Promise.allSettled(Array.from({ length: 60 }, (_, nth) => (nth % 2 ? one : two).createKey({})))
    expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(50)
    expect(made.find(one => one.status === 'rejected')).toMatchObject({ reason: { code: 'conflict' } })
    expect(new Set((await one.keys()).map(({ key }) => key)).size).toBe(50)
  })

  test('when it was last used is written now and then', async () => {
    const { one, ask, count, time } = service()
    const { key, secret } = await one.createKey({})
    const before = count.puts
    for (let nth = 0; nth < 20; nth++) await ask(key, secret)
    expect(count.puts).toBe(before + 1)
    expect(await one.keys()).toMatchObject([{ used: time.now }])
    time.now += USE_MS
    await ask(key, secret)
    expect(count.puts).toBe(before + 2)
    expect(await one.keys()).toMatchObject([{ used: time.now }])
  })

  test('requests with a right key cost no read but one a minute', async () => {
    const { one, ask, count, time } = service()
    const { key, secret } = await one.createKey({})
    time.now += KEYRING_CACHE_MS + 1
    const before = count.reads
    for (let nth = 0; nth < 20; nth++) await ask(key, secret)
    expect(count.reads).toBe(before + 1)
  })
})

describe('the key that was made before the service', () => {
  test('is known by its secret, which is read once', async () => {
    const { ask, count, one, two, time } = service({ processes: 2, first: 'the stack’s' })
    const owner = { kind: 'key', key: 1, scopes: ['submit', 'read', 'admin'] }
    expect(await ask(1, 'the stack’s')).toEqual(owner)
    time.now += 3_600_000
    expect(await ask(1, 'the stack’s', { by: two })).toEqual(owner)
    expect(count.firsts).toBe(1)
    expect((await one.createKey({})).key).toBe(2)
    await one.deleteKey(1)
    expect(await ask(1, 'the stack’s')).toBeUndefined()
    expect((await one.createKey({})).key).toBe(3)
  })

  test('is there when another is made first', async () => {
    const { one, ask } = service({ first: 'the stack’s' })
    expect((await one.createKey({})).key).toBe(2)
    expect(await ask(1, 'the stack’s')).toMatchObject({ key: 1 })
  })
})

describe('the admin user', () => {
  test('signs in with its password, and with no other', async () => {
    const { one, two, ask, count } = service({ processes: 2 })
    expect(await ask('admin', 'anything')).toBeUndefined()
    await one.setAdmin({ username: 'ada', password: 'correct horse' })
    expect(await ask('ada', 'correct horse', { by: two })).toEqual({ kind: 'admin' })
    const hashed = count.passwords
    expect(await ask('ada', 'correct horse', { by: two })).toEqual({ kind: 'admin' })
    expect(count.passwords).toBe(hashed)
    for (const [name, password] of [
      ['ada', 'correct horses'],
      ['eve', 'correct horse'],
      ['admin', 'anything'],
    ] as const) {
      expect(await ask(name, password)).toBeUndefined()
    }
    await one.setAdmin({ username: 'ada', password: 'battery staple' })
    expect(await ask('ada', 'correct horse')).toBeUndefined()
    expect(await ask('ada', 'battery staple', { by: two })).toEqual({ kind: 'admin' })
  })

  test('and the first key are made once', async () => {
    const { one, two, ask } = service({ processes: 2 })
    const made = await Promise.all([one.begin(), two.begin({ username: 'ada' })])
    const [first, ...others] = made.filter(one => one !== undefined)
    expect(others).toEqual([])
    expect(await ask(1, first!.secret)).toEqual({ kind: 'key', key: 1, scopes: ['submit', 'read', 'admin'] })
    expect(await ask(first!.username, first!.password)).toEqual({ kind: 'admin' })
    expect(await one.begin()).toBeUndefined()
  })

  test('its password is hashed slowly, and with salt', async () => {
    const password = 'correct horse'
    const [one, same, other] = await Promise.all(['a', 'a', 'b'].map(salt => secrets.hashPassword({ password, salt })))
    expect(one).toMatch(/^[0-9a-f]{64}$/)
    expect([same, other]).toEqual([one, expect.not.stringMatching(one!)])
  })
})

test('where there is no keyring, it says what has one', async () => {
  const digest = (): string => ''
  const none = createAccounts({ digest, clock: { now: () => 0, random: () => 0 } })
  await expect(none.keys()).rejects.toMatchObject({
    code: 'unsupported',
    message: expect.stringContaining('picloud local'),
  })
})
