import { argumentError, shown } from '../argument-error.ts'
import { isJidRange } from '../jids/jid-range.ts'
import { isRefSequence } from './references.ts'

/** The argument rows of a map: its sequences walked side by side, the shorter padded with undefined. */
export interface Rows {
  /** How many there are, where every sequence tells its length. */
  readonly length: number | undefined
  /** The next row, or undefined when all sequences are at their end. */
  next(): readonly unknown[] | undefined | Promise<readonly unknown[] | undefined>
  /** Lets the sequences go before their end. */
  close(): Promise<void>
}

/** One sequence: gives items, then `end` for ever. */
interface Column {
  readonly length: number | undefined
  next(): unknown
  close(): unknown
}

const end: unique symbol = Symbol('end')

/** Throws a TypeError where there is no sequence, or one is none. */
export function rowsOf(sequences: readonly unknown[]): Rows {
  if (sequences.length === 0) throw argumentError('map takes the function and one or more sequences of arguments.')
  const columns = sequences.map(columnOf)
  const lengths = columns.map(column => column.length)
  const length = lengths.some(known => known === undefined) ? undefined : Math.max(...(lengths as number[]))
  return {
    length,
    next: nextOf(columns),
    close: async () => void (await Promise.all(columns.map(column => column.close()))),
  }
}

function nextOf(columns: readonly Column[]): Rows['next'] {
  return () => {
    const cells = new Array<unknown>(columns.length)
    let waits = false
    for (let index = 0; index < columns.length; index++) {
      const cell = (columns[index] as Column).next()
      if (cell instanceof Pending) waits = true
      cells[index] = cell
    }
    return waits ? settled(cells) : rowOf(cells)
  }
}

/** An item that is on its way; items of the user's may themselves be promises, which are refused later by name. */
class Pending {
  readonly promise: Promise<unknown>

  constructor(promise: Promise<unknown>) {
    this.promise = promise
  }
}

async function settled(cells: unknown[]): Promise<readonly unknown[] | undefined> {
  return rowOf(await Promise.all(cells.map(cell => (cell instanceof Pending ? cell.promise : cell))))
}

function rowOf(cells: unknown[]): readonly unknown[] | undefined {
  let ended = 0
  for (let index = 0; index < cells.length; index++) {
    if (cells[index] !== end) continue
    cells[index] = undefined
    ended++
  }
  return ended === cells.length ? undefined : cells
}

function columnOf(sequence: unknown): Column {
  if (Array.isArray(sequence)) return arrayColumn(sequence)
  if (typeof sequence === 'object' && sequence !== null) {
    if (Symbol.asyncIterator in sequence) return asyncColumn(sequence as AsyncIterable<unknown>)
    if (Symbol.iterator in sequence) return iterableColumn(sequence as Iterable<unknown>)
  }
  if (typeof sequence === 'string') return iterableColumn(sequence)
  throw argumentError(`map takes iterables, also async ones, not ${shown(sequence)}.`)
}

function arrayColumn(array: readonly unknown[]): Column {
  const { length } = array
  let at = 0
  return { length, next: () => (at < length ? array[at++] : end), close: () => undefined }
}

function iterableColumn(iterable: Iterable<unknown>): Column {
  const iterator = iterable[Symbol.iterator]()
  let over = false
  return {
    length: lengthOf(iterable),
    next() {
      if (over) return end
      const { done, value } = iterator.next()
      if (done) over = true
      return done ? end : value
    },
    close() {
      if (!over) iterator.return?.()
      over = true
    },
  }
}

function asyncColumn(iterable: AsyncIterable<unknown>): Column {
  const iterator = iterable[Symbol.asyncIterator]()
  let over = false
  const pull = async (): Promise<unknown> => {
    const { done, value } = await iterator.next()
    if (done) over = true
    return done ? end : value
  }
  return {
    length: undefined,
    next: () => (over ? end : new Pending(pull())),
    async close() {
      if (!over) await iterator.return?.()
      over = true
    },
  }
}

function lengthOf(iterable: Iterable<unknown>): number | undefined {
  if (iterable instanceof Set || iterable instanceof Map) return iterable.size
  if (isJidRange(iterable) || isRefSequence(iterable)) return iterable.count
  if (ArrayBuffer.isView(iterable) && !(iterable instanceof DataView)) return (iterable as Uint8Array).length
  return undefined
}
