import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs'
import type { Queue, Received } from '../../engine/ports/queue.ts'
import { inParallel } from '../in-parallel.ts'
import { backOffMs, MAX_BATCH_TRIES } from '../throttling.ts'

/** Entries of one batch, and messages of one receive: SQS's limit. */
const BATCH = 10
/** Bytes of all bodies of a batch: a quarter of SQS's 1 MiB, which is what the emulator takes. */
const BATCH_BYTES = 250_000
/** Milliseconds that a receive waits at most: SQS's 20 s. */
const MAX_WAIT_MS = 20_000
/** Batches under way at a time. */
const PARALLEL = 8
/** Milliseconds that a message may be invisible: SQS's 12 h. */
const MAX_VISIBILITY_MS = 43_200_000

/** What SQS answers of receipts that are void: another has the message, or it is gone. */
const voidCodes = /ReceiptHandleIsInvalid|MessageNotInflight|InvalidParameterValue/

export interface QueueOptions {
  readonly client: SQSClient
  readonly url: string
  readonly pause: (ms: number) => Promise<void>
}

interface Entry {
  readonly Id: string
}

interface BatchAnswer {
  readonly Failed?:
    | readonly {
        readonly Id?: string | undefined
        readonly Code?: string | undefined
        readonly SenderFault?: boolean | undefined
      }[]
    | undefined
}

/** A queue on SQS: bodies are JSON; delays are whole seconds there, and are rounded up. */
export function createQueue<Body>({ client, url, pause }: QueueOptions): Queue<Body> {
  /** Sends entries until none is left that failed for a reason that passes. */
  async function batch<One extends Entry>(
    entries: readonly One[],
    send: (some: One[]) => Promise<BatchAnswer>,
  ): Promise<void> {
    let left = [...entries]
    for (let nth = 0; left.length > 0; nth++) {
      if (nth >= MAX_BATCH_TRIES) throw new Error(`SQS left a batch unfinished ${nth} times.`)
      if (nth > 0) await pause(backOffMs(nth, Math.random()))
      const { Failed = [] } = await send(left)
      const failed = new Set<string | undefined>()
      for (const { Id, Code = '', SenderFault } of Failed) {
        if (voidCodes.test(Code)) continue
        if (SenderFault === true) throw new Error(`SQS refused an entry of a batch: ${Code}.`)
        failed.add(Id)
      }
      left = left.filter(({ Id }) => failed.has(Id))
    }
  }

  return {
    async send({ bodies, delay = 0 }) {
      const texts = bodies.map(body => JSON.stringify(body))
      await inParallel(batchesOf(texts), PARALLEL, some =>
        batch(
          some.map((MessageBody, index) => ({ Id: String(index), MessageBody, DelaySeconds: seconds(delay) })),
          Entries => client.send(new SendMessageBatchCommand({ QueueUrl: url, Entries })),
        ),
      )
    },
    async receive({ max, visibility, wait }) {
      const { Messages = [] } = await client.send(
        new ReceiveMessageCommand({
          QueueUrl: url,
          MaxNumberOfMessages: Math.min(max, BATCH),
          VisibilityTimeout: seconds(visibility),
          WaitTimeSeconds: Math.floor(Math.min(wait, MAX_WAIT_MS) / 1_000),
          MessageSystemAttributeNames: ['SentTimestamp'],
        }),
      )
      return Messages.flatMap(message => receivedFrom<Body>(message) ?? [])
    },
    async delay({ receipts, delay }) {
      const VisibilityTimeout = seconds(Math.min(delay, MAX_VISIBILITY_MS))
      const entries = receipts.map((receipt, index) => ({
        Id: String(index),
        ReceiptHandle: String(receipt),
        VisibilityTimeout,
      }))
      await inParallel(tens(entries), PARALLEL, some =>
        batch(some, Entries => client.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl: url, Entries }))),
      )
    },
    async delete({ receipts }) {
      const entries = receipts.map((receipt, index) => ({ Id: String(index), ReceiptHandle: String(receipt) }))
      await inParallel(tens(entries), PARALLEL, some =>
        batch(some, Entries => client.send(new DeleteMessageBatchCommand({ QueueUrl: url, Entries }))),
      )
    },
    /** SQS keeps no order, and counts about. */
    async backlog() {
      const { Attributes = {} } = await client.send(
        new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['All'] }),
      )
      const count = (name: keyof typeof Attributes): number => Number(Attributes[name] ?? 0)
      return {
        waiting: count('ApproximateNumberOfMessages') + count('ApproximateNumberOfMessagesDelayed'),
        inFlight: count('ApproximateNumberOfMessagesNotVisible'),
        before: new Map(),
      }
    },
  }
}

function receivedFrom<Body>({ Body: body, ReceiptHandle, Attributes }: Message): Received<Body> | undefined {
  if (body === undefined || ReceiptHandle === undefined) return undefined
  return { body: JSON.parse(body) as Body, sent: Number(Attributes?.SentTimestamp), receipt: ReceiptHandle }
}

function seconds(ms: number): number {
  return Math.ceil(ms / 1_000)
}

function tens<One>(items: readonly One[]): One[][] {
  const chunks: One[][] = []
  for (let from = 0; from < items.length; from += BATCH) chunks.push(items.slice(from, from + BATCH))
  return chunks
}

/** In the order given, as full as the two limits allow. */
function batchesOf(texts: readonly string[]): string[][] {
  const batches: string[][] = []
  let room = 0
  for (const text of texts) {
    const size = Buffer.byteLength(text)
    const last = batches.at(-1)
    if (last === undefined || last.length === BATCH || size > room) {
      batches.push([text])
      room = BATCH_BYTES - size
    } else {
      last.push(text)
      room -= size
    }
  }
  return batches
}
