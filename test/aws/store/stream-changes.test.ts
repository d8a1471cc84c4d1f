import { expect, test } from 'vitest'
import { runAttributes } from '../../../lib/aws/store/run-item.ts'
import { changeFrom, type StreamAttribute } from '../../../lib/aws/store/stream-changes.ts'
import { gateOf } from '../../contract/gate-records.contract.ts'
import { finished, firstClaim } from '../../contract/sample.ts'

const record = (NewImage: Record<string, StreamAttribute>) => ({ dynamodb: { SequenceNumber: '1', NewImage } })

/** An attribute as a Lambda gets it. */
function imageOf(run: ReturnType<typeof firstClaim>): Record<string, StreamAttribute> {
  const image: Record<string, StreamAttribute> = { pk: { S: 'b#2' }, sk: { S: 'r#49' } }
  for (const [name, value] of Object.entries(runAttributes(run))) {
    if (value?.B !== undefined) image[name] = { B: Buffer.from(value.B).toString('base64') }
    else if (value !== undefined) image[name] = value as StreamAttribute
  }
  return image
}

test('a run with ended jobs is told of as it is', () => {
  const run = finished(firstClaim(250, 3), [1])
  expect(changeFrom(record(imageOf(run)))).toEqual({ kind: 'run', run: { ...run, rows: Buffer.from(run.rows) } })
})

test('a claim is not told of', () => {
  expect(changeFrom(record(imageOf(firstClaim(250, 3))))).toBeUndefined()
})

test('a gate and a kill mark are told of', () => {
  const gate = gateOf(9)
  const json = { S: JSON.stringify(gate) }
  expect(changeFrom(record({ pk: { S: 'g#9' }, sk: { S: 'g' }, tell: { S: 'gate' }, j: json }))).toEqual({
    kind: 'gate',
    gate,
  })
  expect(changeFrom(record({ pk: { S: 'b#2' }, sk: { S: 'h#49' }, tell: { S: 'kill' } }))).toEqual({
    kind: 'kill',
    segment: 250,
  })
})

test('records of deletes, and of what nobody waits for, tell of nothing', () => {
  expect(changeFrom({})).toBeUndefined()
  expect(changeFrom({ dynamodb: { SequenceNumber: '1' } })).toBeUndefined()
  expect(changeFrom(record({ pk: { S: 's#1' }, sk: { S: 's' } }))).toBeUndefined()
})
