import {
  type AttributeValue,
  BatchGetItemCommand,
  BatchWriteItemCommand,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
  type WriteRequest,
} from '@aws-sdk/client-dynamodb'
import { inParallel } from '../in-parallel.ts'
import type { Key } from '../table-schema.ts'
import { backOffMs, MAX_BATCH_TRIES } from '../throttling.ts'
import { bytesOf, nonceOf, WRITE } from './attributes.ts'
import { type Condition, conditionOf } from './condition.ts'

export type Item = Record<string, AttributeValue>

/** Items of one BatchWriteItem: DynamoDB's limit. */
const WRITE_BATCH = 25
/** Keys of one BatchGetItem: DynamoDB's limit. */
const GET_BATCH = 100
/** Requests of one verb under way at a time: the SDK keeps 50 sockets, and a verb is not alone. */
export const PARALLEL = 24

/** Whether a write was kept, and what was there where it was not. */
export type Kept = { readonly kept: true } | { readonly kept: false; readonly old: Item | undefined }

export interface Query {
  readonly pk: string
  /** Sort keys, both ends included. */
  readonly from: string
  readonly to: string
  /** Default: all. */
  readonly limit?: number
  readonly descending?: boolean
}

export interface TableOptions {
  readonly client: DynamoDBClient
  readonly name: string
  readonly pause: (ms: number) => Promise<void>
}

/** One table: strongly consistent reads, conditional writes, batches that go on until nothing is left of them. */
export class Table {
  readonly #client: DynamoDBClient
  readonly #name: string
  readonly #pause: (ms: number) => Promise<void>

  constructor({ client, name, pause }: TableOptions) {
    this.#client = client
    this.#name = name
    this.#pause = pause
  }

  async get(key: Key): Promise<Item | undefined> {
    const { Item } = await this.#client.send(
      new GetItemCommand({ TableName: this.#name, Key: keyItem(key), ConsistentRead: true }),
    )
    return Item
  }

  /** In the order of the keys. */
  async getMany(keys: readonly Key[]): Promise<(Item | undefined)[]> {
    if (keys.length === 1) return [await this.get(keys[0] as Key)]
    const found = new Map<string, Item>()
    const different = [...new Map(keys.map(key => [nameOf(key), key])).values()]
    await inParallel(chunksOf(different, GET_BATCH), PARALLEL, async batch => {
      let left: Item[] = batch.map(keyItem)
      for (let nth = 0; left.length > 0; nth++) {
        if (nth > 0) await this.#waitBefore(nth)
        const { Responses, UnprocessedKeys } = await this.#client.send(
          new BatchGetItemCommand({ RequestItems: { [this.#name]: { Keys: left, ConsistentRead: true } } }),
        )
        for (const item of Responses?.[this.#name] ?? []) found.set(`${item['pk']?.S}\n${item['sk']?.S}`, item)
        left = UnprocessedKeys?.[this.#name]?.Keys ?? []
      }
    })
    return keys.map(key => found.get(nameOf(key)))
  }

  async query({ pk, from, to, limit = Number.POSITIVE_INFINITY, descending = false }: Query): Promise<Item[]> {
    // DynamoDB refuses a range that runs backwards.
    if (from > to) return []
    const items: Item[] = []
    let start: Item | undefined
    do {
      const page = await this.#client.send(
        new QueryCommand({
          TableName: this.#name,
          ConsistentRead: true,
          KeyConditionExpression: '#pk = :pk AND #sk BETWEEN :from AND :to',
          ExpressionAttributeNames: { '#pk': 'pk', '#sk': 'sk' },
          ExpressionAttributeValues: { ':pk': { S: pk }, ':from': { S: from }, ':to': { S: to } },
          ScanIndexForward: !descending,
          ...(limit < Number.POSITIVE_INFINITY && { Limit: limit - items.length }),
          ...(start && { ExclusiveStartKey: start }),
        }),
      )
      for (const item of page.Items ?? []) items.push(item)
      start = page.LastEvaluatedKey
    } while (start !== undefined && items.length < limit)
    return items
  }

  /** Replaces the item, if the condition holds. */
  async put(key: Key, attributes: Item, condition?: Condition): Promise<Kept> {
    const nonce = nonceOf()
    return await this.#conditional(nonce, () =>
      this.#client.send(
        new PutItemCommand({
          TableName: this.#name,
          Item: { ...keyItem(key), ...attributes, [WRITE]: { B: nonce } },
          ...conditionOf(condition),
        }),
      ),
    )
  }

  /** Sets these attributes and removes those that are undefined, if the condition holds; the rest of the item stays. */
  async update(
    key: Key,
    attributes: Readonly<Record<string, AttributeValue | undefined>>,
    condition?: Condition,
  ): Promise<Kept> {
    const nonce = nonceOf()
    const names: Record<string, string> = {}
    const values: Record<string, AttributeValue> = {}
    const set: string[] = []
    const remove: string[] = []
    for (const [index, [name, value]] of Object.entries({ ...attributes, [WRITE]: { B: nonce } }).entries()) {
      names[`#a${index}`] = name
      if (value === undefined) remove.push(`#a${index}`)
      else {
        set.push(`#a${index} = :a${index}`)
        values[`:a${index}`] = value
      }
    }
    const expression = `SET ${set.join(', ')}${remove.length === 0 ? '' : ` REMOVE ${remove.join(', ')}`}`
    return await this.#conditional(nonce, () =>
      this.#client.send(
        new UpdateItemCommand({
          TableName: this.#name,
          Key: keyItem(key),
          UpdateExpression: expression,
          ...conditionOf({
            expression: condition?.expression ?? '',
            names: { ...names, ...condition?.names },
            values: { ...values, ...condition?.values },
          }),
        }),
      ),
    )
  }

  /** True if the condition held: what was there is gone. */
  async delete(key: Key, condition: Condition): Promise<boolean> {
    const { kept } = await this.#conditional(nonceOf(), () =>
      this.#client.send(new DeleteItemCommand({ TableName: this.#name, Key: keyItem(key), ...conditionOf(condition) })),
    )
    return kept
  }

  /** Adds to a number, and returns the sum. */
  async add(key: Key, attribute: string, amount: number): Promise<number> {
    const { Attributes } = await this.#client.send(
      new UpdateItemCommand({
        TableName: this.#name,
        Key: keyItem(key),
        UpdateExpression: 'ADD #a :a',
        ExpressionAttributeNames: { '#a': attribute },
        ExpressionAttributeValues: { ':a': { N: String(amount) } },
        ReturnValues: 'UPDATED_NEW',
      }),
    )
    return Number(Attributes?.[attribute]?.N)
  }

  /** Puts and deletes, unconditionally, as few requests as can be. Of two of one item the last counts. */
  async write({ puts = [], deletes = [] }: { puts?: readonly Item[]; deletes?: readonly Key[] }): Promise<void> {
    const requests = new Map<string, WriteRequest>()
    for (const item of puts) requests.set(`${item['pk']?.S}\n${item['sk']?.S}`, { PutRequest: { Item: item } })
    for (const key of deletes) requests.set(nameOf(key), { DeleteRequest: { Key: keyItem(key) } })
    await inParallel(chunksOf([...requests.values()], WRITE_BATCH), PARALLEL, async batch => {
      let left = batch
      for (let nth = 0; left.length > 0; nth++) {
        if (nth > 0) await this.#waitBefore(nth)
        const { UnprocessedItems } = await this.#client.send(
          new BatchWriteItemCommand({ RequestItems: { [this.#name]: left } }),
        )
        left = UnprocessedItems?.[this.#name] ?? []
      }
    })
  }

  /** The SDK tries again what got no answer: a write that was kept is then refused by its own version, and its nonce tells. */
  async #conditional(nonce: Uint8Array, send: () => Promise<unknown>): Promise<Kept> {
    try {
      await send()
      return { kept: true }
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error
      const old = error.Item
      const wrote = old && bytesOf(old, WRITE)
      return wrote !== undefined && Buffer.compare(wrote, nonce) === 0 ? { kept: true } : { kept: false, old }
    }
  }

  async #waitBefore(nth: number): Promise<void> {
    if (nth >= MAX_BATCH_TRIES)
      throw new Error(`DynamoDB left a batch unfinished ${nth} times: its table is throttled.`)
    await this.#pause(backOffMs(nth, Math.random()))
  }
}

export function keyItem({ pk, sk }: Key): Item {
  return { pk: { S: pk }, sk: { S: sk } }
}

function nameOf({ pk, sk }: Key): string {
  return `${pk}\n${sk}`
}

function chunksOf<One>(items: readonly One[], size: number): One[][] {
  const chunks: One[][] = []
  for (let from = 0; from < items.length; from += size) chunks.push(items.slice(from, from + size))
  return chunks
}
