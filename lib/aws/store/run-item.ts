import type { AttributeValue } from '@aws-sdk/client-dynamodb'
import type { Run } from '../../engine/records/run.ts'
import type { Part } from '../../engine/records/segment.ts'
import { TELL, told } from '../table-schema.ts'
import { bytesOf, decodePacked, encodePacked, numberOf, VERSION } from './attributes.ts'
import { jidFrom } from './segment-item.ts'
import type { Item } from './table.ts'

/**
 * Bytes of payloads in a run's item, as it would have with those of all its jobs. An update is billed by the whole item, and a
 * run is updated several times: so payloads go beside it unless they are as small as the run itself.
 */
const INLINE_PAYLOAD_BYTES = 1_000

/** Attributes whose name ends in the version that the payloads came with: the payloads, or how many pieces of them there are. */
const PART = 'p'
const PIECES = 'x'

const phases = ['queued', 'processing', 'finished'] as const

type Attributes = Record<string, AttributeValue | undefined>

const number = (value: number): AttributeValue => ({ N: String(value) })

/** What a write of the run sets, and takes off. */
export function runAttributes(run: Run): Attributes {
  return {
    [VERSION]: number(run.version),
    n: number(run.count),
    s: number(run.submission),
    a: number(run.attempt),
    l: number(run.losses),
    ph: number(phases.indexOf(run.phase)),
    le: number(run.lease),
    nb: number(run.notBefore),
    ep: number(run.epoch),
    u: number(run.unfinished),
    ra: run.rate === undefined ? undefined : number(run.rate),
    rows: { B: run.rows },
    [TELL]: run.unfinished < run.count ? { S: told.run } : undefined,
  }
}

export function runFrom(item: Item): Run {
  return {
    first: jidFrom(item),
    count: numberOf(item, 'n'),
    submission: numberOf(item, 's'),
    version: numberOf(item, VERSION),
    attempt: numberOf(item, 'a'),
    losses: numberOf(item, 'l'),
    phase: phases[numberOf(item, 'ph')] ?? 'queued',
    lease: numberOf(item, 'le'),
    notBefore: numberOf(item, 'nb'),
    epoch: numberOf(item, 'ep'),
    unfinished: numberOf(item, 'u'),
    rate: item['ra'] === undefined ? undefined : numberOf(item, 'ra'),
    rows: bytesOf(item, 'rows') ?? new Uint8Array(),
  }
}

/** Payloads of some jobs of a run: in its item, or their bytes, for items beside it. */
export function partAttributes(
  { count, version }: Pick<Run, 'count' | 'version'>,
  part: Part,
): { readonly attributes: Attributes; readonly beside: Uint8Array | undefined } {
  const bytes = encodePart(part)
  const ofAll = (bytes.byteLength / Math.max(1, part.offsets.length)) * count
  if (ofAll <= INLINE_PAYLOAD_BYTES) return { attributes: { [`${PART}${version}`]: { B: bytes } }, beside: undefined }
  return { attributes: {}, beside: bytes }
}

export function piecesAttribute(version: number, pieces: number): Attributes {
  return { [`${PIECES}${version}`]: number(pieces) }
}

/** Where the payloads of a run are, in the order in which they came. */
export interface PartPlace {
  readonly version: number
  readonly name: string
  /** Absent: they lie beside it, in so many pieces. */
  readonly part?: Part
  readonly pieces: number
}

export function partsOf(item: Item): readonly PartPlace[] {
  const places: PartPlace[] = []
  for (const name of Object.keys(item)) {
    const found = /^([px])([0-9]+)$/.exec(name)
    if (found === null) continue
    const version = Number(found[2])
    const bytes = bytesOf(item, name)
    if (found[1] === PIECES) places.push({ version, name, pieces: numberOf(item, name) })
    else if (bytes !== undefined) places.push({ version, name, part: decodePart(bytes), pieces: 0 })
  }
  return places.sort((one, other) => one.version - other.version)
}

export function encodePart({ offsets, packed }: Part): Uint8Array {
  return Buffer.concat([Uint8Array.of(offsets.length), offsets, encodePacked(packed)])
}

export function decodePart(bytes: Uint8Array): Part {
  const count = bytes[0] as number
  return { offsets: bytes.slice(1, 1 + count), packed: decodePacked(bytes.subarray(1 + count)) }
}
