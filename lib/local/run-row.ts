import { freshRun, type Run } from '../engine/records/run.ts'
import type { Row } from './statement.ts'

/** The columns of a run, in the order of `runValues` and `runFrom`. `phase` 1 has an index of its own. */
export const runColumns =
  'first, count, submission, version, attempt, losses, phase, lease, not_before, epoch, unfinished, rows'

export const insertRun = `INSERT INTO runs (${runColumns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
export const insertPart = 'INSERT OR REPLACE INTO parts VALUES (?, ?)'

const phases = ['queued', 'processing', 'finished'] as const

type Values = [
  first: number,
  count: number,
  submission: number,
  version: number,
  attempt: number,
  losses: number,
  phase: number,
  lease: number,
  notBefore: number,
  epoch: number,
  unfinished: number,
  rows: Uint8Array,
]

export function runValues(run: Run): Values {
  return [
    run.first,
    run.count,
    run.submission,
    run.version,
    run.attempt,
    run.losses,
    phases.indexOf(run.phase),
    run.lease,
    run.notBefore,
    run.epoch,
    run.unfinished,
    isFresh(run) ? fresh : run.rows,
  ]
}

const fresh = new Uint8Array()

/** Nothing is known of its jobs yet, as when it is first claimed: then its rows go without saying. */
function isFresh({ first, count, submission, unfinished, rows }: Run): boolean {
  if (unfinished < count) return false
  const before = freshRun({ first, count, submission }).rows
  return Buffer.compare(rows, before) === 0
}

export function runFrom(row: Row): Run {
  const [first, count, submission, version, attempt, losses, phase, lease, notBefore, epoch, unfinished, rows] =
    row as unknown as Values
  return {
    first,
    count,
    submission,
    version,
    attempt,
    losses,
    phase: phases[phase] ?? 'queued',
    lease,
    notBefore,
    epoch,
    unfinished,
    rows: rows.byteLength === 0 ? freshRun({ first, count, submission }).rows : rows,
  }
}
