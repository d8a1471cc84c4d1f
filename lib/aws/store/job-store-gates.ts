import type { GateVerbs } from '../../engine/ports/job-store.ts'
import type { Edge, Gate, Watch } from '../../engine/records/gate.ts'
import { overlap } from '../../engine/records/ranges.ts'
import type { Range } from '../../protocol/job.ts'
import { inParallel } from '../in-parallel.ts'
import { keyOf, numberKey, partition, prefix, SHARDS, TELL, told } from '../table-schema.ts'
import { ifVersion, jsonOf, VERSION } from './attributes.ts'
import { type Item, keyItem, PARALLEL, type Table } from './table.ts'

const GATE = 'j'
/** Above all sort keys that begin with what stands before it. */
const END = '~'

export function gateFrom(item: Item): Gate {
  return { cause: undefined, ...jsonOf<Omit<Gate, 'cause'>>(item, GATE) }
}

/** Gates, the pointers to those that are open, and what hangs on the jobs of a submission. */
export function createGateRecords(table: Table): GateVerbs {
  return {
    async getGates({ ids }) {
      if (ids.length === 0) return []
      const items = await table.getMany(ids.map(keyOf.gate))
      return items.map(item => item && gateFrom(item))
    },
    async putGate({ gate }) {
      const attributes = {
        [GATE]: { S: JSON.stringify(gate) },
        [VERSION]: { N: String(gate.version) },
        [TELL]: { S: told.gate },
      }
      return (await table.put(keyOf.gate(gate.id), attributes, ifVersion(gate.version - 1))).kept
    },
    async putPointer({ gate }) {
      await table.write({ puts: [keyItem(keyOf.pointer(gate))] })
    },
    async deletePointer({ gate }) {
      await table.write({ deletes: [keyOf.pointer(gate)] })
    },
    async pointers({ after, limit }) {
      const from = numberKey(after + 1)
      const shards = Array.from({ length: SHARDS }, (_, shard) => partition.pointers(shard))
      const found = await Promise.all(shards.map(pk => table.query({ pk, from, to: END, limit })))
      const gates = found.flat().map(item => Number(item['sk']?.S))
      return gates.sort((one, other) => one - other).slice(0, limit)
    },
    async putWatch({ watch }) {
      await table.write({ puts: [keyItem(watchKey(watch))] })
    },
    async deleteWatches({ watches }) {
      await table.write({ deletes: watches.map(watchKey) })
    },
    async putEdges({ edges }) {
      const keys = new Map(edges.map(edge => [JSON.stringify(edge), edgeKey(edge)]))
      await table.write({ puts: [...keys.values()].map(keyItem) })
    },
    async dependents({ of }) {
      const found = await inParallel(of, PARALLEL, one => dependentsOf(table, one))
      return { watches: found.flatMap(one => one.watches), edges: found.flatMap(one => one.edges) }
    },
  }
}

/** One query: edges and watches are neighbours, and of both those that begin further up are not asked for. */
async function dependentsOf(
  table: Table,
  { submission, ranges }: { readonly submission: number; readonly ranges: readonly Range[] },
): Promise<{ readonly watches: readonly Watch[]; readonly edges: readonly Edge[] }> {
  const last = Math.max(...ranges.map(([first, count]) => first + count - 1))
  const to = `${prefix.watch}${numberKey(last)}#${END}`
  const items = await table.query({ pk: partition.dependents(submission), from: prefix.edge, to })
  const watches: Watch[] = []
  const edges: Edge[] = []
  for (const item of items) {
    const [kind, ...numbers] = (item['sk']?.S ?? '').split('#')
    const [first = 0, second = 0, third = 0] = numbers.map(Number)
    if (kind === 'w') watches.push({ submission, jid: first, gate: second })
    else edges.push({ submission, range: [first, second], gate: third })
  }
  return {
    watches: watches.filter(({ jid }) => ranges.some(range => overlap(range, [jid, 1]))),
    edges: edges.filter(edge => ranges.some(range => overlap(range, edge.range))),
  }
}

function watchKey({ submission, jid, gate }: Watch) {
  return keyOf.watch(submission, jid, gate)
}

function edgeKey({ submission, range, gate }: Edge) {
  return keyOf.edge(submission, range, gate)
}
