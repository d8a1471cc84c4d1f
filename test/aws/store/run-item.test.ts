import type { AttributeValue } from '@aws-sdk/client-dynamodb'
import { expect, test } from 'vitest'
import { runAttributes, runFrom } from '../../../lib/aws/store/run-item.ts'
import { keyOf } from '../../../lib/aws/table-schema.ts'
import { freshRun, type Run } from '../../../lib/engine/records/run.ts'
import { transition } from '../../../lib/engine/records/transition.ts'

/** A write is billed by the kilobyte. */
const KILOBYTE = 1_024
/** Of the attribute that says who wrote it. */
const NONCE_BYTES = 7

function claimed(count: number, rate: number | undefined): Run {
  const now = Date.UTC(2030, 0)
  const event = {
    type: 'claim',
    lease: now + 60_000,
    restartable: true,
    maxLosses: 3,
    kills: undefined,
    at: 0,
  } as const
  const run = transition(freshRun({ first: 1, count, submission: 999_999_901 }), { ...event, starts: true, rate }, now)
  if (typeof run === 'string') throw new Error(run)
  return { ...run, unfinished: count - 1 }
}

/** As DynamoDB counts: names, a byte for two digits and one more, and the bytes of the rest. */
function bytesOf(attributes: Readonly<Record<string, AttributeValue | undefined>>): number {
  let bytes = 0
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined) continue
    const { N, S, B } = value
    bytes += name.length + (N === undefined ? (S?.length ?? B?.byteLength ?? 0) : Math.ceil(N.length / 2) + 1)
  }
  return bytes
}

test('a run with a rate is read as it was written, and so is one without', () => {
  const { pk, sk } = keyOf.run(0, 0)
  for (const rate of [166_667_000, undefined]) {
    const run = claimed(2, rate)
    const item = Object.fromEntries(Object.entries(runAttributes(run)).filter(([, value]) => value !== undefined))
    expect(runFrom({ pk: { S: pk }, sk: { S: sk }, ...item } as never)).toEqual(run)
  }
})

test('what its jobs cost takes eight bytes of a run, and 38 jobs still take a kilobyte', () => {
  const { pk, sk } = keyOf.run(9_999_999, 0)
  const size = (rate: number | undefined): number =>
    bytesOf({ pk: { S: pk }, sk: { S: sk }, ...runAttributes(claimed(38, rate)) }) + NONCE_BYTES
  expect(size(166_667_000) - size(undefined)).toBe(8)
  expect(size(166_667_000)).toBeLessThanOrEqual(KILOBYTE)
})
