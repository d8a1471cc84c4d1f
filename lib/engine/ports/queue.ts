/** A message in flight: invisible to others until it is deleted, or visible again. */
export interface Received<Body> {
  readonly body: Body
  /** When it was sent: epoch milliseconds, of the queue's clock. */
  readonly sent: number
  /** Names this receipt in `delay` and `delete`. A later receipt of the same message makes it void. */
  readonly receipt: Receipt
}

export type Receipt = string | number

/** The longest delay of a message, in milliseconds: SQS's 15 minutes. Longer ones need a schedule. */
export const MAX_DELAY_MS = 900_000

/** Port: at least once, in no order. Every verb takes many, as a queue bills by the request. */
export interface Queue<Body> {
  /** Resolves when all of them are kept. `delay` in milliseconds, at most MAX_DELAY_MS. */
  send(params: { bodies: readonly Body[]; delay?: number }): Promise<void>
  /**
   * Up to `max` messages, invisible to others for `visibility` milliseconds. Waits up to `wait` milliseconds for the first
   * one, not for more. `weight`: enough, once the bodies' weights add up to it, where the adapter can tell.
   */
  receive(params: {
    max: number
    weight?: number
    visibility: number
    wait: number
  }): Promise<readonly Received<Body>[]>
  /** Visible again in `delay` milliseconds from now, at most MAX_DELAY_MS. Void receipts are no error. */
  delay(params: { receipts: readonly Receipt[]; delay: number }): Promise<void>
  delete(params: { receipts: readonly Receipt[] }): Promise<void>
  /**
   * For people who ask what a job waits for. Absent where nobody would. `highCpu`: of the messages of that class, or of those of
   * the other one, where each has a queue of its own. Default false.
   */
  backlog?(params: { chunks: readonly number[]; highCpu?: boolean }): Promise<Backlog>
}

/** Messages that a backlog looks at, from the first on. */
export const MAX_BACKLOG = 10_000

/** What lies in a queue. */
export interface Backlog {
  /** Messages that nobody received. */
  readonly waiting: number
  /** Messages that somebody received and did not delete, nor are they visible again. */
  readonly inFlight: number
  /**
   * The sum of the weights before the message of each of these chunks, by the chunk's first jid: of those that are among the first
   * MAX_BACKLOG messages of a queue that keeps an order. Else it is empty.
   */
  readonly before: ReadonlyMap<number, number>
}

/** Asks to run the chunk that begins with `first`. */
export interface ChunkMessage {
  readonly first: number
  /** How many jobs. */
  readonly weight: number
  /** How often it came back from the dead letters. */
  readonly again?: number
  /** Its jobs asked for more processor: where machines differ, they run on those that have it. */
  readonly highCpu?: true
}

/** Gates to look at again, and then the watches that asked for it to delete. */
export interface ControlMessage {
  readonly submission: number
  readonly watches: readonly { readonly jid: number; readonly gate: number }[]
}
