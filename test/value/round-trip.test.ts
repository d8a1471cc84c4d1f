import assert from 'node:assert/strict'
import { describe, test } from 'vitest'
import { decode } from '../../lib/value/decode.ts'
import { encode, gather } from '../../lib/value/encode.ts'
import type { Level } from '../../lib/value/encoding.ts'
import { cases } from './cases.ts'
import { functionTable } from './function-table.ts'

describe.each([0, 1, 2] as const)('level %i', (level: Level) => {
  const taken = cases.filter(({ plain }) => level < 2 || plain === true)
  test.each(taken)('$name', ({ make, check }) => {
    const here = make()
    const table = functionTable()
    const there = decode(gather(encode(here, { level, functions: table.idOf })), { functions: table.byId })
    if (check === undefined) assert.deepEqual(there, here)
    else check(there as never, here as never)
  })

  test.each(taken)('the bytes of $name are those of level 0', ({ make }) => {
    const here = make()
    const [bytes, full] = [level, 0 as const].map(each =>
      gather(encode(here, { level: each, functions: functionTable().idOf })),
    )
    assert.deepEqual(bytes, full)
  })
})
