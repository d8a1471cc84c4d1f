import type { AttributeValue } from '@aws-sdk/client-dynamodb'
import type { Change } from '../../engine/ports/job-store.ts'
import { TELL, told } from '../table-schema.ts'
import { gateFrom } from './job-store-gates.ts'
import { runFrom } from './run-item.ts'
import { jidFrom } from './segment-item.ts'
import type { Item } from './table.ts'

/** The parts that are read of an attribute as a Lambda gets it: bytes are in base64. */
export interface StreamAttribute {
  readonly S?: string | undefined
  readonly N?: string | undefined
  readonly B?: string | undefined
}

/** The parts that are read of a record of the table's stream. */
export interface StreamRecord {
  readonly eventID?: string | undefined
  readonly dynamodb?:
    | {
        readonly SequenceNumber?: string | undefined
        readonly NewImage?: Readonly<Record<string, StreamAttribute>> | undefined
      }
    | undefined
}

/** What the record tells of; undefined where it tells of nothing that anybody waits for. */
export function changeFrom({ dynamodb }: StreamRecord): Change | undefined {
  const image = dynamodb?.NewImage
  if (image === undefined) return undefined
  const item = itemFrom(image)
  switch (item[TELL]?.S) {
    case told.run:
      return { kind: 'run', run: runFrom(item) }
    case told.gate:
      return { kind: 'gate', gate: gateFrom(item) }
    case told.kill:
      return { kind: 'kill', segment: jidFrom(item) }
    default:
      return undefined
  }
}

function itemFrom(image: Readonly<Record<string, StreamAttribute>>): Item {
  const item: Item = {}
  for (const [name, { S, N, B }] of Object.entries(image)) {
    const value: AttributeValue | undefined =
      S !== undefined ? { S } : N !== undefined ? { N } : B !== undefined ? { B: Buffer.from(B, 'base64') } : undefined
    if (value !== undefined) item[name] = value
  }
  return item
}
