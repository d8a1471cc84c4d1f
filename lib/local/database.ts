import type { DatabaseSync, SQLInputValue, SQLOutputValue, StatementSync } from 'node:sqlite'
import { CloudException } from '../protocol/errors.ts'

/** Milliseconds without a write after which the log of writes is moved into the database: nobody waits for that then. */
const REST_MS = 1_000

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

/** How records are read and written: each verb resolves with what `work` returns, or rejects. */
export interface Access {
  prepare(sql: string): Statement
  write<T>(work: () => T): Promise<T>
  read<T>(work: () => T): Promise<T>
  /** To be called within a `write`: once that is kept, and before anybody is told. */
  afterwards(callback: () => void): void
}

/**
 * The one connection to the file, and its transactions.
 *
 * idle: no transaction is open. Left by the first write of a turn.
 * open: each further write of the turn joins in, each read sees them. Left when the turn is over, by the commit; or as soon as
 *   a write fails, by a rollback that fails all writes and reads of the turn.
 *
 * What a caller was told is therefore in the file: reads too are answered only once what they saw is kept. Who calls through
 * `ahead` is told before, and has to wait for `begin`'s promise before it tells anybody else. As it counts on what it was told,
 * it is refused everything from a rollback until the end of the turn.
 */
export class Database implements Access {
  /** Resolves as soon as it is done: what it wrote is not kept yet, nor perhaps what it read. */
  readonly ahead: Access
  readonly #connection: DatabaseSync
  readonly #begin: Statement
  readonly #commit: Statement
  readonly #checkpoint: Statement
  #rest: NodeJS.Timeout | undefined
  #group: Group | undefined
  /** Why writes were last taken back; `#fresh` until the end of that turn. */
  #failure: CloudException | undefined
  #fresh = false
  #closed = false

  constructor(connection: DatabaseSync) {
    this.#connection = connection
    this.#begin = this.prepare('BEGIN')
    this.#commit = this.prepare('COMMIT')
    this.#checkpoint = this.prepare('PRAGMA wal_checkpoint(PASSIVE)')
    this.ahead = {
      prepare: sql => this.prepare(sql),
      write: async work => this.#ahead(() => this.#write(work)),
      read: async work => this.#ahead(() => this.#read(work)),
      afterwards: callback => this.afterwards(callback),
    }
  }

  prepare(sql: string): Statement {
    return new Prepared(this.#connection, sql)
  }

  /** Resolves with what `work` returns once that is kept. What it wrote is gone if the promise rejects. */
  async write<T>(work: () => T): Promise<T> {
    const { value, group } = this.#write(work)
    await group.kept
    return value
  }

  /** Resolves with what `work` returns, once all that it can have seen is kept. */
  async read<T>(work: () => T): Promise<T> {
    const { value, group } = this.#read(work)
    if (group !== undefined) await group.kept
    return value
  }

  afterwards(callback: () => void): void {
    this.#group?.callbacks.push(callback)
  }

  /** What it returns, called after some writes: resolves once they are kept, rejects if any of them was taken back. */
  begin(): () => Promise<void> {
    const failure = this.#failure
    return async () => {
      if (this.#failure !== failure) throw this.#failure
      await this.#group?.kept
    }
  }

  /** Keeps what is under way. Nothing can be read or written any more. */
  close(): void {
    if (this.#closed) return
    if (this.#group !== undefined) this.#end(this.#group)
    this.#closed = true
    clearTimeout(this.#rest)
    this.#connection.close()
  }

  #ahead<T>(work: () => { readonly value: T }): T {
    if (this.#fresh) throw this.#failure
    return work().value
  }

  #write<T>(work: () => T): { readonly value: T; readonly group: Group } {
    if (this.#closed) throw closed()
    const group = this.#group ?? this.#open()
    try {
      return { value: work(), group }
    } catch (cause) {
      this.#fresh = true
      setImmediate(() => {
        this.#fresh = false
      })
      throw this.#rollBack(group, cause)
    }
  }

  #read<T>(work: () => T): { readonly value: T; readonly group: Group | undefined } {
    if (this.#closed) throw closed()
    try {
      return { value: work(), group: this.#group }
    } catch (cause) {
      throw failed(cause)
    }
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
    this.#restLater()
    try {
      for (const callback of group.callbacks) callback()
    } finally {
      group.resolve()
    }
  }

  #restLater(): void {
    this.#rest ??= setTimeout(() => {
      try {
        if (this.#group === undefined) this.#checkpoint.get()
      } catch {
        // The disk may be full. The next write that fails for it tells somebody.
      }
    }, REST_MS).unref()
    this.#rest.refresh()
  }

  #rollBack(group: Group, cause: unknown): CloudException {
    const failure = failed(cause)
    this.#failure = failure
    this.#group = undefined
    // SQLite itself has rolled back where the disk is full or broken.
    if (this.#connection.isTransaction) this.#connection.exec('ROLLBACK')
    group.reject(failure)
    return failure
  }
}

/** Compiled when it is first run: a process runs few of all statements. */
class Prepared implements Statement {
  readonly #connection: DatabaseSync
  readonly #sql: string
  #compiled: StatementSync | undefined

  constructor(connection: DatabaseSync, sql: string) {
    this.#connection = connection
    this.#sql = sql
  }

  get #statement(): StatementSync {
    this.#compiled ??= this.#compile()
    return this.#compiled
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

  #compile(): StatementSync {
    const statement = this.#connection.prepare(this.#sql)
    statement.setReturnArrays(true)
    return statement
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
