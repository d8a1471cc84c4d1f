import type { Run } from '../engine/records/run.ts'
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
    run.rows,
  ]
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
    rows,
  }
}
