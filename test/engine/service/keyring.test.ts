import { describe, expect, test } from 'vitest'
import {
  emptyKeyring,
  type Keyring,
  keyIn,
  withChange,
  withKey,
  withoutKey,
} from '../../../lib/engine/service/keyring.ts'
import { MAX_ACTIVE_KEYS, MAX_KEYS } from '../../../lib/protocol/limits.ts'

const many = (count: number, ring: Keyring = emptyKeyring): Keyring =>
  Array.from({ length: count }).reduce<Keyring>((so, _, nth) => withKey(so, { hash: `h${nth}`, created: nth }), ring)

const refusalOf = (run: () => unknown): unknown => {
  try {
    return run()
  } catch (error) {
    return error
  }
}

describe('a ring of keys', () => {
  test('gives each key a number of its own, and never again that of one that is gone', () => {
    const ring = withKey(withoutKey(many(3), 3), { hash: 'h', created: 9, note: 'n', scopes: ['read'] })
    expect(ring.keys.map(key => key.id)).toEqual([1, 2, 4])
    expect(keyIn(ring, 4)).toEqual({ id: 4, hash: 'h', created: 9, note: 'n', scopes: ['read'], active: true })
    expect(keyIn(ring, 1)).toMatchObject({ note: '', scopes: ['submit', 'read'], active: true })
  })

  test('takes the fiftieth active key, and no fifty-first', () => {
    const full = many(MAX_ACTIVE_KEYS)
    const one = { hash: 'h', created: 1 }
    const refused = { code: 'conflict', message: expect.stringContaining(`${MAX_ACTIVE_KEYS} active keys`) }
    expect(full.keys.filter(key => key.active)).toHaveLength(50)
    expect(refusalOf(() => withKey(full, one))).toMatchObject(refused)
    const room = withChange(full, 7, { active: false })
    const again = withKey(room, one)
    expect(again.keys).toHaveLength(51)
    expect(refusalOf(() => withChange(again, 7, { active: true }))).toMatchObject(refused)
    expect(keyIn(withChange(again, 1, { active: true }), 1).active).toBe(true)
    expect(keyIn(withChange(again, 7, { note: 'old' }), 7)).toMatchObject({ active: false, note: 'old' })
    expect(keyIn(withChange(room, 7, { active: true }), 7).active).toBe(true)
  })

  test('takes so many keys in all, and no more', () => {
    let ring = emptyKeyring
    for (let id = 1; id <= MAX_KEYS; id++) ring = withChange(many(1, ring), id, { active: false })
    expect(ring.keys).toHaveLength(MAX_KEYS)
    expect(refusalOf(() => many(1, ring))).toMatchObject({ code: 'conflict' })
    expect(many(1, withoutKey(ring, 1)).keys).toHaveLength(MAX_KEYS)
  })

  test.each([
    ['changed', (ring: Keyring) => withChange(ring, 9, { active: false })],
    ['deleted', (ring: Keyring) => withoutKey(ring, 9)],
    ['found', (ring: Keyring) => keyIn(ring, 9)],
  ])('what is not there is not %s', (_, run) => {
    expect(refusalOf(() => run(many(3)))).toMatchObject({ code: 'not-found', message: expect.stringContaining('9') })
  })
})
