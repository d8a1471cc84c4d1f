/** What is in flight: a message is received, kept invisible, and either deleted or visible again. */
export interface Received<Body> {
  readonly body: Body
  /** When it was sent: epoch milliseconds, of the queue's clock. */
  readonly sent: number
  /** Names this receipt in `delay` and `delete`. A later receipt of the same message makes it void. */
  readonly receipt: string | number
}

/** The longest delay of a message, in milliseconds: SQS's 15 minutes. Longer ones need a schedule. */
export const MAX_DELAY_MS = 900_000

/** Port: at-least-once, in no order. Every verb takes many, as a store bills by the request. */
export interface Queue<Body> {
  /** Resolves when all of them are kept. `delay` in milliseconds, at most MAX_DELAY_MS. */
  send(params: { bodies: readonly Body[]; delay?: number }): Promise<void>
  /**
   * Up to `max` messages, invisible to others for `visibility` milliseconds. Waits up to `wait` milliseconds for the first
   * one, but not for more. `weight`: enough, once the bodies' weights add up to it, where the adapter can tell.
   */
  receive(params: { max: number; weight?: number; visibility: number; wait: number; signal?: AbortSignal }): Promise<readonly Received<Body>[]>
  /** Visible again in `delay` milliseconds from now. Void receipts are no error. */
  delay(params: { receipts: readonly Received<Body>['receipt'][]; delay: number }): Promise<void>
  delete(params: { receipts: readonly Received<Body>['receipt'][] }): Promise<void>
}

/** The jobs of one message: `weight` is how many. */
export interface ChunkMessage {
  readonly first: number
  readonly weight: number
}

/** Gates to look at again, and the watches to delete after that. */
export interface ControlMessage {
  readonly submission: number
  readonly watches: readonly { readonly jid: number; readonly gate: number }[]
}
