import type { JobStore } from '../engine/ports/job-store.ts'
import type { SubmissionRow } from '../engine/records/submission.ts'
import type { Access } from './database.ts'
import type { Row } from './statement.ts'

type SubmissionVerbs = Pick<
  JobStore,
  'getSubmissions' | 'putSubmissions' | 'listSubmissions' | 'putChildren' | 'children'
>

export const insertSubmission = 'INSERT INTO submissions VALUES (?, ?, ?, ?, ?)'

export function submissionValues(row: SubmissionRow): [number, number, number, string | null, string] {
  const { id, version, created, label } = row
  return [id, version, created, label ?? null, JSON.stringify(row)]
}

/** Above any time and any id: a listing that begins with the newest. */
const LATEST = { created: Number.MAX_VALUE, id: Number.MAX_SAFE_INTEGER }

/** Each listing goes along an index from the newest on, and reads no more rows than it gives. */
export const listing = {
  all: 'SELECT row FROM submissions WHERE created >= ? AND (created, id) < (?, ?) ORDER BY created DESC, id DESC LIMIT ?',
  labelled: `SELECT row FROM submissions WHERE label = ? AND created >= ? AND (created, id) < (?, ?)
    ORDER BY created DESC, id DESC LIMIT ?`,
} as const

export function createSubmissionRecords(database: Access): SubmissionVerbs {
  const get = database.prepare('SELECT row FROM submissions WHERE id = ?')
  const add = database.prepare(`${insertSubmission} ON CONFLICT DO NOTHING`)
  const change = database.prepare('UPDATE submissions SET version = ?, row = ? WHERE id = ? AND version = ?')
  const list = database.prepare(listing.all)
  const listLabelled = database.prepare(listing.labelled)
  const addChild = database.prepare('INSERT INTO children VALUES (?, ?) ON CONFLICT DO NOTHING')
  const childrenOf = database.prepare('SELECT submission FROM children WHERE parent >= ? AND parent < ?')

  function putOne(row: SubmissionRow): boolean {
    const { id, version } = row
    if (version === 1) return add.run(...submissionValues(row)) > 0
    return change.run(version, JSON.stringify(row), id, version - 1) > 0
  }

  return {
    getSubmissions({ ids }) {
      return database.read(() => ids.map(id => rowFrom(get.get(id))))
    },
    putSubmissions({ rows }) {
      return database.write(() => rows.map(putOne))
    },
    listSubmissions({ label, since = 0, before = LATEST, limit }) {
      return database.read(() => {
        const rest = [since, before.created, before.id, limit] as const
        const rows = label === undefined ? list.all(...rest) : listLabelled.all(label, ...rest)
        return rows.map(row => rowFrom(row) as SubmissionRow)
      })
    },
    putChildren({ children }) {
      return database.write(() => {
        for (const { parent, submission } of children) addChild.run(parent, submission)
      })
    },
    children({ ranges }) {
      return database.read(() =>
        ranges.flatMap(([first, count]) => childrenOf.all(first, first + count).map(row => Number(row[0]))),
      )
    },
  }
}

function rowFrom(row: Row | undefined): SubmissionRow | undefined {
  if (row === undefined) return undefined
  // JSON has no word for what is not there.
  const read = JSON.parse(row[0] as string) as Omit<SubmissionRow, 'label' | 'parent'>
  return { label: undefined, parent: undefined, ...read }
}
