import type { Change, GateVerbs } from '../engine/ports/job-store.ts'
import type { Edge, Gate, Watch } from '../engine/records/gate.ts'
import { overlap } from '../engine/records/ranges.ts'
import type { Range } from '../protocol/job.ts'

/** What hangs on the jobs of one submission: for each jid the gates that watch it, and the edges by gate and range. */
interface Dependents {
  readonly watches: Map<number, Set<number>>
  readonly edges: Map<string, Edge>
}

export function createGateRecords(emit: (changes: readonly Change[]) => void): GateVerbs {
  const gates = new Map<number, Gate>()
  const pointers = new Set<number>()
  const dependents = new Map<number, Dependents>()

  function dependentsOf(submission: number): Dependents {
    const known = dependents.get(submission)
    if (known !== undefined) return known
    const fresh = { watches: new Map(), edges: new Map() }
    dependents.set(submission, fresh)
    return fresh
  }

  function deleteWatch({ submission, jid, gate }: Watch): void {
    const { watches, edges } = dependentsOf(submission)
    const watching = watches.get(jid)
    watching?.delete(gate)
    if (watching?.size === 0) watches.delete(jid)
    if (watches.size === 0 && edges.size === 0) dependents.delete(submission)
  }

  return {
    async getGates({ ids }) {
      return ids.map(id => gates.get(id))
    },
    async putGate({ gate }) {
      if ((gates.get(gate.id)?.version ?? 0) !== gate.version - 1) return false
      gates.set(gate.id, gate)
      emit([{ kind: 'gate', gate }])
      return true
    },
    async putPointer({ gate }) {
      pointers.add(gate)
    },
    async deletePointer({ gate }) {
      pointers.delete(gate)
    },
    async pointers({ after, limit }) {
      return [...pointers]
        .filter(gate => gate > after)
        .sort((a, b) => a - b)
        .slice(0, limit)
    },
    async putWatch({ watch: { submission, jid, gate } }) {
      const { watches } = dependentsOf(submission)
      const watching = watches.get(jid)
      if (watching === undefined) watches.set(jid, new Set([gate]))
      else watching.add(gate)
    },
    async deleteWatches({ watches }) {
      for (const watch of watches) deleteWatch(watch)
    },
    async putEdges({ edges }) {
      for (const edge of edges) {
        dependentsOf(edge.submission).edges.set(`${edge.gate}#${edge.range[0]}#${edge.range[1]}`, edge)
      }
    },
    async dependents({ of }) {
      const watches: Watch[] = []
      const edges: Edge[] = []
      for (const { submission, ranges } of of) {
        const found = dependents.get(submission)
        if (found === undefined) continue
        for (const watch of watchesIn(found, submission, ranges)) watches.push(watch)
        for (const edge of found.edges.values()) {
          if (ranges.some(range => overlap(range, edge.range))) edges.push(edge)
        }
      }
      return { watches, edges }
    },
  }
}

function* watchesIn({ watches }: Dependents, submission: number, ranges: readonly Range[]): Generator<Watch> {
  for (const [jid, watching] of watches) {
    if (!ranges.some(range => overlap(range, [jid, 1]))) continue
    for (const gate of watching) yield { submission, jid, gate }
  }
}
