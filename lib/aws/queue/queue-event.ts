import type { Received } from '../../engine/ports/queue.ts'

/** The parts that are read of a message as a mapping hands it over. */
export interface QueueRecord {
  readonly messageId: string
  readonly receiptHandle: string
  readonly body: string
  readonly attributes: { readonly SentTimestamp: string }
}

/** Tells the mapping which messages are not done: they come again. It deletes the others. */
export interface BatchAnswer {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[]
}

export interface QueueBatch {
  readonly received: readonly Received<unknown>[]
  /** @param kept receipts of the messages that are not done */
  answer(kept: readonly Received<unknown>['receipt'][]): BatchAnswer
}

/** A message that is not JSON is none of ours: a warning tells of it, and it goes, as no job hangs on it. */
export function batchFrom(records: readonly QueueRecord[]): QueueBatch {
  const received: Received<unknown>[] = []
  const idOf = new Map<Received<unknown>['receipt'], string>()
  for (const { messageId, receiptHandle, body, attributes } of records) {
    const read = parse(body)
    if (read === undefined) {
      process.emitWarning(`The message ${messageId} can’t be read and was dropped.`, 'PiCloudServiceError')
      continue
    }
    idOf.set(receiptHandle, messageId)
    received.push({ body: read, sent: Number(attributes.SentTimestamp), receipt: receiptHandle })
  }
  const answer = (kept: readonly Received<unknown>['receipt'][]): BatchAnswer => {
    return failuresOf(kept.flatMap(receipt => idOf.get(receipt) ?? []))
  }
  return { received, answer }
}

/** Message ids, or sequence numbers of a stream. */
export function failuresOf(identifiers: readonly string[]): BatchAnswer {
  return { batchItemFailures: identifiers.map(itemIdentifier => ({ itemIdentifier })) }
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body) ?? undefined
  } catch {
    return undefined
  }
}
