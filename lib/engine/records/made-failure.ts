import { encodeFailure, type Failure } from '../../protocol/failure.ts'
import type { Gate } from './gate.ts'
import { ERROR, KILLED, STALLED } from './status-code.ts'

/** Why a job ended for which no worker wrote a reason: it never ran, or its machine died. */
export function madeFailure(code: number, gate: Gate | undefined): Failure {
  switch (code) {
    case KILLED:
      return { code: 'killed', message: 'The job was killed.' }
    case STALLED:
      return stalled(gate?.cause)
    case ERROR:
      return {
        code: 'lost',
        message:
          'The machine that ran the job was lost, and the job could not be run again: it is not restartable, or it lost too many.',
      }
    default:
      return { code: 'internal', message: 'The job finished, but what it left can’t be found.' }
  }
}

function stalled(cause: number | undefined): Failure {
  if (cause === undefined) return { code: 'stalled', message: 'The job can’t run: a job that it depends on failed.' }
  return {
    code: 'stalled',
    message: `The job can’t run: job ${cause}, which it depends on, failed.`,
    dependency: cause,
  }
}

const deleted = encodeFailure({ code: 'deleted-job', message: 'The job was deleted, and its result with it.' })

export function encodeMade(code: number, gate: Gate | undefined): Uint8Array {
  return encodeFailure(madeFailure(code, gate))
}

export function encodeDeleted(): Uint8Array {
  return deleted
}
