import type { DatabaseSync, SQLInputValue, SQLOutputValue, StatementSync } from 'node:sqlite'
import { CloudException } from '../protocol/errors.ts'

/** A row by the order of its columns. */
export type Row = readonly SQLOutputValue[]

export interface Statement {
  /** How many rows it changed. */
  run(...values: SQLInputValue[]): number
  get(...values: SQLInputValue[]): Row | undefined
  all(...values: SQLInputValue[]): readonly Row[]
}

/** The writes of one turn of the event loop: kept all together, or none of them. */
interface Group {
  readonly kept: Promise<void>
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
  readonly callbacks: (() => void)[]
}

/**
 * The one connection to the file, and its transactions.
 *
 * idle: no transaction is open. Left by the first write of a turn.
 * open: each further write of the turn joins in, each read sees them. Left when the turn is over, by the commit; or as soon as
 *   a write fails, by a rollback that fails all writes and reads of the turn.
 *
 * What a caller was told is therefore in the file: reads too are answered only once what they saw is kept.
 */
export class Database {
  readonly #connection: DatabaseSync
  readonly #begin: Statement
  readonly #commit: Statement
  #group: Group | undefined
  #closed = false

  constructor(connection: DatabaseSync) {
    this.#connection = connection
    this.#begin = this.prepare('BEGIN')
    this.#commit = this.prepare('COMMIT')
  }

  prepare(sql: string): Statement {
    const statement = this.#connection.prepare(sql)
    statement.setReturnArrays(true)
    return new Prepared(statement)
  }

  /** Resolves with what `work` returns once that is kept. What it wrote is gone if the promise rejects. */
  write<T>(work: () => T): Promise<T> {
    if (this.#closed) return Promise.reject(closed())
    const group = this.#group ?? this.#open()
    try {
      const value = work()
      return group.kept.then(() => value)
    } catch (cause) {
      this.#rollBack(group, cause)
      return group.kept as Promise<never>
    }
  }

  /** Resolves with what `work` returns, once all that it can have seen is kept. */
  read<T>(work: () => T): Promise<T> {
    if (this.#closed) return Promise.reject(closed())
    const group = this.#group
    try {
      const value = work()
      return group === undefined ? Promise.resolve(value) : group.kept.then(() => value)
    } catch (cause) {
      return Promise.reject(failed(cause))
    }
  }

  /** To be called within a `write`: once that is kept, and before anybody is told. */
  afterwards(callback: () => void): void {
    this.#group?.callbacks.push(callback)
  }

  /** Keeps what is under way. Nothing can be read or written any more. */
  close(): void {
    if (this.#closed) return
    if (this.#group !== undefined) this.#end(this.#group)
    this.#closed = true
    this.#connection.close()
  }

  #open(): Group {
    this.#begin.run()
    const { promise: kept, resolve, reject } = Promise.withResolvers<void>()
    // Whoever waits hears of it; nobody has to.
    kept.catch(() => undefined)
    const group = { kept, resolve, reject, callbacks: [] }
    this.#group = group
    setImmediate(() => this.#end(group))
    return group
  }

  #end(group: Group): void {
    if (this.#group !== group) return
    try {
      this.#commit.run()
    } catch (cause) {
      this.#rollBack(group, cause)
      return
    }
    this.#group = undefined
    try {
      for (const callback of group.callbacks) callback()
    } finally {
      group.resolve()
    }
  }

  #rollBack(group: Group, cause: unknown): void {
    this.#group = undefined
    // SQLite itself has rolled back where the disk is full or broken.
    if (this.#connection.isTransaction) this.#connection.exec('ROLLBACK')
    group.reject(failed(cause))
  }
}

class Prepared implements Statement {
  readonly #statement: StatementSync

  constructor(statement: StatementSync) {
    this.#statement = statement
  }

  run(...values: SQLInputValue[]): number {
    return Number(this.#statement.run(...values).changes)
  }

  get(...values: SQLInputValue[]): Row | undefined {
    return this.#statement.get(...values) as Row | undefined
  }

  all(...values: SQLInputValue[]): readonly Row[] {
    return this.#statement.all(...values) as unknown as readonly Row[]
  }
}

function failed(cause: unknown): CloudException {
  if (CloudException.isCloudException(cause)) return cause
  const why = cause instanceof Error ? cause.message : String(cause)
  return new CloudException(`The database could not be read or written: ${why}.`, {
    code: 'unavailable',
    hint: 'Is there room left in the service’s folder?',
    cause,
  })
}

function closed(): CloudException {
  return new CloudException('This service has stopped.', { code: 'unavailable' })
}
