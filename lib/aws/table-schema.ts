/**
 * The items of the two tables. Both have a partition key `pk` and a sort key `sk`, and no index: each listing is an item
 * collection of its own, so that it is strongly consistent and an update of a row doesn't write its index entries again.
 *
 * | item         | pk                  | sk                         | written                                            |
 * |--------------|---------------------|----------------------------|----------------------------------------------------|
 * | segment      | `b#<block>`         | `h#<offset>`               | once per ≤ 100 jobs, if absent; again by a kill or a delete: marks and tombstones are in it |
 * | run          | `b#<block>`         | `r#<offset>`               | by the first claim, then by each change            |
 * | payloads     | `b#<block>`         | `a#<offset>#<piece>` arguments of some jobs, `v#<offset>#<version>#<piece>` results | once each, where they are too large for the segment or the run |
 * | gate         | `g#<submission>`    | `g`                        | one per submission that waits, and a write a hop   |
 * | gate pointer | `G#<shard>`         | `<submission>`             | put before its gate, deleted after that is done    |
 * | watch        | `d#<submission>`    | `w#<jid>#<gate>`           | a hop                                              |
 * | edge         | `d#<submission>`    | `e#<first>#<count>#<gate>` | a gate and dependency range                        |
 * | submission   | `s#<submission>`    | `s`                        | once per submission or part of one                 |
 * | by time      | `t#<shard>`         | `<created>#<submission>`   | once for all submissions of a request: their ids, after the first one's |
 * | by label     | `l#<shard>#<label>` | `<created>#<submission>`   | the same for those of one label                    |
 * | child        | `c#<block>`         | `<parent>#<submission>`    | once per nested submission; the block is the parent’s |
 * | record       | `k#<kind>`          | `<name>`                   | by each change of a registry's record; keys in the table of keys, all others in that of jobs |
 * | counter      | `n`                 | `jids`                     | an atomic addition per lease                       |
 * | burst        | `n`                 | `burst#<class>`            | when executors are called for many messages at once: how many were within a minute |
 *
 * A block is 100 jids; `<offset>` counts in it, 00 to 99. Numbers in sort keys have a fixed width, so that they sort as such.
 */
export const PARTITION_KEY = 'pk'
export const SORT_KEY = 'sk'

/** Kinds of changes that the release function has to hear of: the value of the attribute `TELL`. */
export const told = { run: 'run', gate: 'gate', kill: 'kill' } as const

/**
 * Put on an item by those writes that others wait for, and taken off by the rest (a claim, a renewal): the stream's mapping
 * passes on what carries it and drops the rest before anything is billed.
 */
export const TELL = 'tell'

/** Partitions of each kind that everybody writes to: one takes 1,000 writes a second. */
export const SHARDS = 16

/** Sixteen digits hold every safe integer. */
const DIGITS = 16
const number = (value: number): string => String(value).padStart(DIGITS, '0')
const offset = (value: number): string => String(value).padStart(2, '0')

export interface Key {
  readonly [PARTITION_KEY]: string
  readonly [SORT_KEY]: string
}

const key = (pk: string, sk: string): Key => ({ pk, sk })

/** Partition keys, for queries. */
export const partition = {
  block: (block: number): string => `b#${block}`,
  gate: (submission: number): string => `g#${submission}`,
  pointers: (shard: number): string => `G#${shard}`,
  dependents: (submission: number): string => `d#${submission}`,
  submission: (submission: number): string => `s#${submission}`,
  byTime: (shard: number): string => `t#${shard}`,
  byLabel: (shard: number, label: string): string => `l#${shard}#${label}`,
  children: (block: number): string => `c#${block}`,
  records: (kind: string): string => `k#${kind}`,
} as const

/** First characters of the sort keys that share a partition. */
export const prefix = {
  segment: 'h#',
  run: 'r#',
  arguments: 'a#',
  payloads: 'v#',
  watch: 'w#',
  edge: 'e#',
} as const

/** Where each item lies; `at` is an offset in the block. */
export const keyOf = {
  segment: (block: number, at: number): Key => key(partition.block(block), `${prefix.segment}${offset(at)}`),
  run: (block: number, at: number): Key => key(partition.block(block), `${prefix.run}${offset(at)}`),
  arguments: (block: number, at: number, piece: number): Key =>
    key(partition.block(block), `${prefix.arguments}${offset(at)}#${offset(piece)}`),
  payloads: (block: number, at: number, version: number, piece: number): Key =>
    key(partition.block(block), `${prefix.payloads}${offset(at)}#${number(version)}#${offset(piece)}`),
  gate: (submission: number): Key => key(partition.gate(submission), 'g'),
  pointer: (submission: number): Key => key(partition.pointers(shardOf(submission)), number(submission)),
  watch: (submission: number, jid: number, gate: number): Key =>
    key(partition.dependents(submission), `${prefix.watch}${number(jid)}#${number(gate)}`),
  edge: (submission: number, [first, count]: readonly [number, number], gate: number): Key =>
    key(partition.dependents(submission), `${prefix.edge}${number(first)}#${number(count)}#${number(gate)}`),
  submission: (submission: number): Key => key(partition.submission(submission), 's'),
  byTime: (created: number, submission: number): Key =>
    key(partition.byTime(shardOf(submission)), timeKey(created, submission)),
  byLabel: (label: string, created: number, submission: number): Key =>
    key(partition.byLabel(shardOf(submission), label), timeKey(created, submission)),
  child: (block: number, parent: number, submission: number): Key =>
    key(partition.children(block), `${number(parent)}#${number(submission)}`),
  record: (kind: string, name: string): Key => key(partition.records(kind), name),
  counter: key('n', 'jids'),
  burst: (executorClass: string): Key => key('n', `burst#${executorClass}`),
} as const

/** The sort key of a listing's entry, and of where a page begins. */
export function timeKey(created: number, submission: number): string {
  return `${number(created)}#${number(submission)}`
}

/** The sort key of a number on its own: pointers after, children from … to. */
export function numberKey(value: number): string {
  return number(value)
}

/** Submissions begin anywhere in a block of 100, mostly at its start: whole blocks are what spreads them. */
export function shardOf(submission: number): number {
  return (Math.floor(submission / 100) + submission) % SHARDS
}
