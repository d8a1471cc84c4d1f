import { fc, test } from '@fast-check/vitest'
import { expect } from 'vitest'
import { plainOptions } from '../../../lib/http/request/plain-options.ts'
import {
  plainCallHeader,
  plainLeaseRequest,
  plainSubmitHeader,
  plainWaitRequest,
} from '../../../lib/http/request/plain-requests.ts'
import {
  MAX_CALL_WAIT_MS,
  MAX_LEASE_JIDS,
  MAX_RETRIES,
  MAX_SEGMENT_JOBS,
  MAX_WAIT_MS,
  MAX_WAIT_RESULTS,
} from '../../../lib/protocol/limits.ts'
import {
  callHeaderSchema,
  leaseRequestSchema,
  submitHeaderSchema,
  waitRequestSchema,
} from '../../../lib/protocol/routes.ts'

const jid = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER })
const section = fc.nat()
const range = fc.tuple(jid, jid)
const hash = fc.stringMatching(/^[0-9a-f]{64}$/)
const label = fc.string({ minLength: 1, maxLength: 256 })
const flag = fc.boolean()

const options = fc.record(
  {
    label,
    dependsOn: fc.array(range),
    dependsOnErrors: fc.constantFrom('abort', 'ignore'),
    restartable: flag,
    highCpu: flag,
    killProcess: flag,
    profile: flag,
    fastSerialization: fc.constantFrom(0, 1, 2),
    maxRuntime: fc.integer({ min: 1, max: 604_800_000 }),
    startAt: fc.nat(),
    retries: fc.integer({ min: 0, max: MAX_RETRIES }),
    env: fc.string({ maxLength: 256 }),
    resultForm: fc.constantFrom('json', 'raw'),
    chunkSize: fc.integer({ min: 1, max: MAX_SEGMENT_JOBS }),
  },
  { requiredKeys: [], noNullPrototype: true },
)
const named = { noNullPrototype: true }
const segment = fc.record(
  { first: jid, count: fc.integer({ min: 1, max: MAX_SEGMENT_JOBS }), args: fc.tuple(section, section) },
  named,
)
const reference = fc.record(
  {
    bundle: hash,
    code: hash,
    modules: fc.array(hash),
    name: fc.string({ maxLength: 1_000 }),
    node: fc.integer({ min: 1 }),
  },
  { requiredKeys: ['bundle', 'code', 'name', 'node'], ...named },
)
const submission = fc.record(
  { id: jid, function: reference, options, segments: fc.array(segment, { maxLength: 5 }), open: flag },
  { requiredKeys: ['id', 'function', 'options', 'segments'], ...named },
)
const lease = fc.record({ count: fc.integer({ min: 1, max: MAX_LEASE_JIDS }) }, named)
const wait = fc.record(
  {
    ranges: fc.array(range, { minLength: 1 }),
    results: flag,
    wait: fc.integer({ min: 0, max: MAX_WAIT_MS }),
    limit: fc.integer({ min: 1, max: MAX_WAIT_RESULTS }),
  },
  { requiredKeys: ['ranges', 'results', 'wait'], ...named },
)
const submit = fc.record(
  {
    submissions: fc.array(submission, { minLength: 1, maxLength: 3 }),
    bundles: fc.array(fc.record({ hash, section }, named), { maxLength: 3 }),
  },
  { requiredKeys: ['submissions'], ...named },
)

const submitted = { submissions: fc.array(submission, { minLength: 1, maxLength: 2 }) }
const call = fc.record({ ...submitted, wait: fc.integer({ min: 0, max: MAX_CALL_WAIT_MS }) }, named)

const requests = [
  ['a lease', lease, plainLeaseRequest, leaseRequestSchema],
  ['a wait', wait, plainWaitRequest, waitRequestSchema],
  ['a call', call, plainCallHeader, callHeaderSchema],
  ['a submit', submit, plainSubmitHeader, submitHeaderSchema],
] as const

type Change = { readonly steps: readonly number[]; readonly how: number; readonly value: unknown }
const change: fc.Arbitrary<Change> = fc.record({
  steps: fc.array(fc.nat({ max: 20 }), { maxLength: 6 }),
  how: fc.nat({ max: 3 }),
  value: fc.oneof(
    fc.constantFrom(undefined, null, 0, -1, -0, 1.5, '', {}, [], Number.NaN, 2 ** 53, '1', true, [[0, 1]], [1, 2, 3]),
    fc.jsonValue(),
    range,
  ),
})

/** A copy in which one thing, somewhere, is another, is gone, or came. */
function changed(request: unknown, { steps, how, value }: Change): unknown {
  const copy = structuredClone(request) as Record<string, unknown>
  let at: Record<string, unknown> = copy
  const keysOf = (): string[] => Object.keys(at)
  for (const step of steps) {
    const next = at[keysOf()[step % Math.max(1, keysOf().length)] ?? '']
    if (typeof next !== 'object' || next === null) break
    at = next as Record<string, unknown>
  }
  const key = keysOf()[(steps.at(-1) ?? 0) % Math.max(1, keysOf().length)] ?? 'other'
  if (how === 0) Reflect.deleteProperty(at, key)
  else if (how === 1) at['other'] = value
  else at[key] = value
  return copy
}

for (const [name, arbitrary, plain, schema] of requests) {
  test.prop([arbitrary as fc.Arbitrary<unknown>])(
    `${name} that is right is taken as its schema takes it, as a copy`,
    request => {
      const taken = plain(request)
      expect(taken).toEqual(schema.parse(request))
      expect(taken).not.toBe(request)
    },
  )

  test.prop([arbitrary as fc.Arbitrary<unknown>, change], { numRuns: 2_000 })(
    `${name} that is changed somewhere is taken only where its schema takes it, and then alike`,
    (request, how) => {
      const spoiled = changed(request, how)
      const taken = plain(spoiled)
      if (taken === undefined) return
      expect(schema.safeParse(spoiled)).toEqual({ success: true, data: taken })
    },
  )
}

test.each([
  ['one job too many', { count: MAX_LEASE_JIDS + 1 }],
  ['no number', { count: '1' }],
  ['more than it takes', { count: 1, other: 1 }],
  ['nothing', undefined],
  ['an instance of a class', Object.assign(new Date(), { count: 1 })],
])('a lease of %s is left to the schema', (_, request) => {
  expect(plainLeaseRequest(request)).toBeUndefined()
})

test('a hole in a list of dependencies is left to the schema', () => {
  const holed: unknown[] = [[1, 2]]
  holed.length = 2
  expect(plainOptions({ dependsOn: [[1, 2]] })).toEqual({ dependsOn: [[1, 2]] })
  expect(plainOptions({ dependsOn: holed })).toBeUndefined()
})
