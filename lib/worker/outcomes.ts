import { resultKey } from '../engine/ports/blob-keys.ts'
import type { Blobs } from '../engine/ports/blobs.ts'
import type { Outcome } from '../engine/ports/launcher.ts'
import type { ErrorCode } from '../protocol/errors.ts'
import { encodeFailure, type Failure } from '../protocol/failure.ts'
import type { Usage } from '../protocol/job.ts'
import { encodeBlobReference } from '../protocol/payload.ts'
import type { Used } from './done-frame.ts'
import type { Landed } from './flight.ts'
import { discardFile } from './leftovers.ts'
import type { PoolLaunch } from './pool-launch.ts'
import type { Ticket } from './ticket.ts'
import { carriage, ending } from './wire.ts'

/** A job that ended, and its part of what its child used. */
export interface Finish extends Landed {
  readonly usage: Usage
}

/** CPU is known for all jobs of one write together: each gets its part by the time that it took. */
export function finishesOf(landed: readonly Landed[], { cpuUser, cpuSystem, memory }: Used, peak: number): Finish[] {
  let total = 0
  for (const { ended } of landed) total += ended.took
  return landed.map(({ ticket, ended }) => {
    const part = total === 0 ? 1 / landed.length : ended.took / total
    const usage = {
      started: Math.round(ended.started),
      finished: Math.round(ended.started + ended.took),
      cpuUser: Math.round(cpuUser * part),
      cpuSystem: Math.round(cpuSystem * part),
      memory: Math.max(memory, peak),
    }
    return { ticket, ended, usage }
  })
}

/** Reports ends of jobs to their launches: neighbours of one launch together. */
export class Outcomes {
  readonly #blobs: Blobs

  constructor(blobs: Blobs) {
    this.#blobs = blobs
  }

  report(finishes: readonly Finish[]): void {
    let launch: PoolLaunch | undefined
    let outcomes: Outcome[] = []
    for (const finish of finishes) {
      const { ticket, ended } = finish
      const isWanted = ticket.state !== 'ended' && !ticket.killed
      if (ended.carriage === carriage.file) {
        if (isWanted) {
          void this.#adopt(finish)
          continue
        }
        void discardFile(fileOf(ended.payload).path)
      }
      if (ticket.state === 'ended') continue
      if (launch !== ticket.launch) {
        launch?.finish(outcomes)
        outcomes = []
        launch = ticket.launch
      }
      outcomes.push(this.#end(ticket, outcomeOf(finish)))
    }
    launch?.finish(outcomes)
  }

  /** A job that ended without saying so itself. */
  fail(ticket: Ticket, failure: Failure, usage: Usage): void {
    if (ticket.state === 'ended') return
    const told = ticket.killed ? killed(ticket) : failure
    ticket.launch.finish([this.#end(ticket, failed(ticket, told.code, encodeFailure(told), usage))])
  }

  /** A job that never started. */
  failPending(ticket: Ticket, failure: Failure): void {
    const now = Date.now()
    this.fail(ticket, failure, { started: now, finished: now, cpuUser: 0, cpuSystem: 0, memory: 0 })
  }

  // The last output goes before the end.
  #end(ticket: Ticket, outcome: Outcome): Outcome {
    ticket.state = 'ended'
    const { output } = ticket
    if (output !== undefined && !ticket.launch.over) ticket.launch.reports.output(ticket.offset, output)
    return outcome
  }

  // A result in a file becomes a blob by renaming it.
  async #adopt({ ticket, usage, ended }: Finish): Promise<void> {
    const { path, size } = fileOf(ended.payload)
    const { jid, tries } = ticket
    const key = resultKey({ jid, attempt: ticket.launch.work.attempt, tries })
    try {
      await this.#blobs.adopt({ key, file: path })
    } catch (error) {
      const message = `The result of job ${jid} could not be stored: ${String(error)}`
      this.fail(ticket, { code: 'internal', message }, usage)
      return
    }
    if (ticket.state === 'ended') return
    const payload = encodeBlobReference({ key, size })
    ticket.launch.finish([this.#end(ticket, done(ticket, payload, usage))])
  }
}

/** What the child says of a result in a file: `<bytes> <path>`. */
function fileOf(payload: Uint8Array): { readonly size: number; readonly path: string } {
  const text = Buffer.from(payload).toString()
  const space = text.indexOf(' ')
  return { size: Number(text.slice(0, space)), path: text.slice(space + 1) }
}

function outcomeOf({ ticket, ended, usage }: Finish): Outcome {
  if (ticket.killed) return failed(ticket, 'killed', encodeFailure(killed(ticket)), usage)
  if (ended.ending === ending.done) return done(ticket, ended.payload, usage)
  return failed(ticket, codeOf(ended.payload), ended.payload, usage)
}

function done({ offset, profile }: Ticket, payload: Uint8Array, usage: Usage): Outcome {
  return { offset, status: 'done', payload, usage, ...(profile === undefined ? {} : { profile }) }
}

function failed({ offset, profile }: Ticket, code: ErrorCode, payload: Uint8Array, usage: Usage): Outcome {
  const status = code === 'killed' ? 'killed' : 'error'
  return { offset, status, code, payload, usage, ...(profile === undefined ? {} : { profile }) }
}

export function killed({ jid }: Ticket): Failure {
  return { code: 'killed', message: `Job ${jid} was killed.` }
}

// Written by our own side of the child a moment ago; only its code is needed here.
function codeOf(payload: Uint8Array): ErrorCode {
  return (JSON.parse(Buffer.from(payload).toString()) as Failure).code
}
