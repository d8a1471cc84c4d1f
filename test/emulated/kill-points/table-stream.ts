import type { StreamRecord } from '../../../lib/aws/store/stream-changes.ts'

/** What DynamoDB Local checks of a signature: that there is one. */
const AUTHORIZATION =
  'AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0'

interface Shards {
  readonly StreamDescription: { readonly Shards: readonly { readonly ShardId: string }[] }
}

interface Batch {
  readonly Records: readonly StreamRecord[]
  readonly NextShardIterator?: string
}

/** The stream of a table on DynamoDB Local, from its beginning: its JSON is what a function gets of it. */
export class TableStream {
  /** All that was read so far. */
  readonly records: StreamRecord[] = []
  readonly #endpoint: string
  readonly #arn: string
  readonly #iterators = new Map<string, string | undefined>()

  constructor(endpoint: string, arn: string) {
    this.#endpoint = endpoint
    this.#arn = arn
  }

  /** What came since the last call. */
  async read(): Promise<readonly StreamRecord[]> {
    const { StreamDescription } = await this.#ask<Shards>('DescribeStream', { StreamArn: this.#arn })
    const fresh: StreamRecord[] = []
    for (const { ShardId } of StreamDescription.Shards) {
      if (!this.#iterators.has(ShardId)) this.#iterators.set(ShardId, await this.#begin(ShardId))
      const iterator = this.#iterators.get(ShardId)
      if (iterator === undefined) continue
      const { Records, NextShardIterator } = await this.#ask<Batch>('GetRecords', { ShardIterator: iterator })
      this.#iterators.set(ShardId, NextShardIterator)
      fresh.push(...Records)
    }
    this.records.push(...fresh)
    return fresh
  }

  async #begin(ShardId: string): Promise<string> {
    const from = { StreamArn: this.#arn, ShardId, ShardIteratorType: 'TRIM_HORIZON' }
    return (await this.#ask<{ ShardIterator: string }>('GetShardIterator', from)).ShardIterator
  }

  async #ask<Answer>(verb: string, asked: object): Promise<Answer> {
    const headers = {
      authorization: AUTHORIZATION,
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `DynamoDBStreams_20120810.${verb}`,
    }
    const answer = await fetch(this.#endpoint, { method: 'POST', headers, body: JSON.stringify(asked) })
    if (!answer.ok) throw new Error(`${verb}: ${answer.status} ${await answer.text()}`)
    return (await answer.json()) as Answer
  }
}
