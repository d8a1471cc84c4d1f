import type { Flight } from './flight.ts'
import type { Finish } from './outcomes.ts'
import type { StreamName } from './process/child-process.ts'
import type { MarkKind } from './process/output-marks.ts'
import type { Ticket } from './ticket.ts'

const bitOf = { stdout: 1, stderr: 2 } as const

/**
 * Whose a child's output is. Between a begin and an end mark it is the marked job's; without a begin mark (native code,
 * processes that the job started) it is that of the first job that has not ended, or whose end mark is still to come.
 *
 * A job that ended is held until the marks that it announced have come, since output and ends come by different pipes.
 */
export class Printed {
  readonly #held = new Map<number, Finish>()
  readonly #writer: Record<StreamName, number | undefined> = { stdout: undefined, stderr: undefined }

  text(stream: StreamName, bytes: Buffer, flight: Flight): Ticket | undefined {
    const writer = this.#writer[stream]
    const ticket =
      writer === undefined
        ? (this.#waiting(stream) ?? flight.running)
        : (this.#held.get(writer)?.ticket ?? flight.of(writer))
    ticket?.print(stream, bytes)
    return ticket
  }

  /** The finish that this mark completes, if it does. */
  mark(stream: StreamName, kind: MarkKind, sequence: number, flight: Flight): Finish | undefined {
    if (kind === 'begin') {
      this.#writer[stream] = sequence
      return undefined
    }
    this.#writer[stream] = undefined
    const held = this.#held.get(sequence)
    const ticket = held?.ticket ?? flight.of(sequence)
    if (ticket === undefined) return undefined
    ticket.marks |= bitOf[stream]
    if (held === undefined || !complete(held)) return undefined
    this.#held.delete(sequence)
    return held
  }

  /** Those whose output is here; the others come out of `mark` or `rest`. */
  hold(finishes: readonly Finish[]): readonly Finish[] {
    if (finishes.every(complete)) return finishes
    for (const finish of finishes) if (!complete(finish)) this.#held.set(finish.ended.sequence, finish)
    return finishes.filter(complete)
  }

  /** The child is gone: no more marks will come. */
  rest(): readonly Finish[] {
    const rest = [...this.#held.values()]
    this.#held.clear()
    return rest
  }

  #waiting(stream: StreamName): Ticket | undefined {
    for (const { ticket, ended } of this.#held.values()) {
      if (ended.marks & bitOf[stream] && !(ticket.marks & bitOf[stream])) return ticket
    }
    return undefined
  }
}

function complete({ ended, ticket }: Finish): boolean {
  return (ended.marks & ~ticket.marks) === 0
}
