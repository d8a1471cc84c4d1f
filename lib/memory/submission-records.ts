import type { JobStore } from '../engine/ports/job-store.ts'
import type { SubmissionRow } from '../engine/records/submission.ts'

type SubmissionVerbs = Pick<
  JobStore,
  'getSubmissions' | 'putSubmissions' | 'listSubmissions' | 'putChildren' | 'children'
>

export function createSubmissionRecords(): SubmissionVerbs {
  // Both in the order of creation, which a listing walks backwards.
  const rows = new Map<number, SubmissionRow>()
  const order: number[] = []
  const children = new Map<number, Set<number>>()

  function putOne(row: SubmissionRow): boolean {
    if ((rows.get(row.id)?.version ?? 0) !== row.version - 1) return false
    if (row.version === 1) order.push(row.id)
    rows.set(row.id, row)
    return true
  }

  return {
    async getSubmissions({ ids }) {
      return ids.map(id => rows.get(id))
    },
    async putSubmissions({ rows: puts }) {
      return puts.map(putOne)
    },
    async listSubmissions({ label, since, before, limit }) {
      const found: SubmissionRow[] = []
      for (let index = order.length - 1; index >= 0 && found.length < limit; index--) {
        const row = rows.get(order[index] as number) as SubmissionRow
        if (label !== undefined && row.label !== label) continue
        if (since !== undefined && row.created < since) continue
        if (before !== undefined && !isBefore(row, before)) continue
        found.push(row)
      }
      return found
    },
    async putChildren({ children: links }) {
      for (const { parent, submission } of links) {
        const known = children.get(parent)
        if (known === undefined) children.set(parent, new Set([submission]))
        else known.add(submission)
      }
    },
    async children({ ranges }) {
      const found: number[] = []
      for (const [first, count] of ranges) {
        // Whichever is shorter: the range, or the list of all parents.
        const parents = count < children.size ? jidsOf(first, count) : children.keys()
        for (const parent of parents) {
          if (parent >= first && parent < first + count) found.push(...(children.get(parent) ?? []))
        }
      }
      return found
    },
  }
}

function* jidsOf(first: number, count: number): Generator<number> {
  for (let jid = first; jid < first + count; jid++) yield jid
}

function isBefore(row: SubmissionRow, { created, id }: { readonly created: number; readonly id: number }): boolean {
  return row.created < created || (row.created === created && row.id < id)
}
