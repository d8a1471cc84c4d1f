import { randomUUID } from 'node:crypto'
import { resultKey } from '../engine/ports/blob-keys.ts'
import type { Blobs } from '../engine/ports/blobs.ts'
import type { Outcome, Returned } from '../engine/ports/launcher.ts'
import type { ErrorCode } from '../protocol/errors.ts'
import { encodeFailure, type Failure } from '../protocol/failure.ts'
import type { Usage } from '../protocol/job.ts'
import { encodeBlobReference } from '../protocol/payload.ts'
import type { Landed } from './flight.ts'
import type { Done, Ended } from './frames/done-frame.ts'
import { carriage, ending } from './frames/wire.ts'
import { discardFile } from './leftovers.ts'
import type { PoolLaunch } from './pool-launch.ts'
import type { Ticket } from './ticket.ts'

/** One job that ended, and its part of what its child used. */
export interface Finish {
  readonly ticket: Ticket
  readonly ended: Ended
  readonly usage: Usage
}

/** Jobs of one ticket that returned and printed nothing, with small results. */
export interface Return {
  readonly ticket: Ticket
  readonly jobs: Returned
}

/** What landed, apart into what goes together and what each job has to be looked at by itself. */
export function apart(landed: readonly Landed[], done: Done, peak: number): { returns: Return[]; finishes: Finish[] } {
  const returns: Return[] = []
  const finishes: Finish[] = []
  for (const { ticket, at } of landed) {
    const { count } = ticket
    if (ticket.isPlain && done.arePlain(at, count)) {
      const usage = (nth: number): Usage => usageOf(done, at + nth, peak)
      returns.push({ ticket, jobs: { offset: ticket.offset, count, payloads: done.payloads(at, count), usage } })
      continue
    }
    let rest = ticket
    for (let nth = 0; nth < count; nth++) {
      const one = rest
      if (one.count > 1) rest = one.cut(1)
      finishes.push({ ticket: one, ended: done.ended(at + nth), usage: usageOf(done, at + nth, peak) })
    }
  }
  return { returns, finishes }
}

/** CPU is known for all jobs of one write together: each gets its part by the time that it took. */
function usageOf(done: Done, index: number, peak: number): Usage {
  const { cpuUser, cpuSystem, memory } = done.used
  const [started, took] = [done.startedAt(index), done.tookAt(index)]
  const part = done.took === 0 ? 1 / done.count : took / done.took
  return {
    started: Math.round(started),
    finished: Math.round(started + took),
    cpuUser: Math.round(cpuUser * part),
    cpuSystem: Math.round(cpuSystem * part),
    memory: Math.max(memory, peak),
  }
}

/** Reports ends of jobs to their launches: neighbours of one launch together. */
export class Outcomes {
  readonly #blobs: Blobs

  constructor(blobs: Blobs) {
    this.#blobs = blobs
  }

  reportAll(returns: readonly Return[]): void {
    for (const { ticket, jobs } of returns) {
      ticket.state = 'ended'
      ticket.launch.finishAll(jobs)
    }
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

  /** Jobs that never started. */
  failPending(ticket: Ticket, failure: Failure): void {
    const now = Date.now()
    const usage = { started: now, finished: now, cpuUser: 0, cpuSystem: 0, memory: 0 }
    let one = ticket
    while (one.count > 1) {
      const rest = one.cut(1)
      this.fail(one, failure, usage)
      one = rest
    }
    this.fail(one, failure, usage)
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
    const key = resultKey({ jid, attempt: ticket.launch.work.attempt, tries }, randomUUID())
    try {
      await this.#blobs.adopt({ key, file: path })
    } catch (error) {
      const message = `The result of job ${jid} could not be stored: ${String(error)}`
      this.fail(ticket, { code: 'internal', message }, usage)
      return
    }
    if (ticket.state === 'ended') {
      // Nobody hears of it.
      await this.#blobs.delete({ key }).catch(() => undefined)
      return
    }
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
