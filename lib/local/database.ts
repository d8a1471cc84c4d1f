import type { DatabaseSync } from 'node:sqlite'
import type { Haste } from '../engine/ports/ahead.ts'
import type { CloudException } from '../protocol/errors.ts'
import { closed, failed } from './database-failure.ts'
import { Prepared, type Statement } from './statement.ts'

/** Milliseconds without a write after which the log of writes is moved into the database: nobody waits for that then. */
const REST_MS = 1_000
/** Milliseconds for which writes are held back at most, so that those that follow from them are kept along with them. */
export const HOLD_MS = 5

/** The writes of one turn of the event loop, or of a few: kept all together, or none of them. */
interface Group {
  readonly kept: Promise<void>
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
  readonly callbacks: (() => void)[]
  readonly pending: Set<Pending>
  /** Whether somebody is content with `soon`, and whether somebody waits who is not. */
  patient: boolean
  hurried: boolean
  /** Its first turn is over. */
  held: boolean
}

/** What has something to write before its group is committed. */
export interface Pending {
  write(): void
  /** Writes what is not to change, as its group is held back: nobody waits for that then. */
  idle?(): void
  /** The group is taken back. */
  forget(): void
}

/** How records are read and written: each verb resolves with what `work` returns, or rejects. */
export interface Access {
  prepare(sql: string): Statement
  write<T>(work: () => T): Promise<T>
  read<T>(work: () => T): Promise<T>
  /** Once what is under way is kept, and before anybody is told; at once where nothing is. Never, if that is taken back. */
  afterwards(callback: () => void): void
  /** To be called within a `write`: what is called before that is committed. The same again changes nothing. */
  join(pending: Pending): void
}

/**
 * The one connection to the file, and its transactions.
 *
 * idle: no transaction is open. Left by the first write of a turn.
 * open: each further write of the turn joins in, each read sees them. Left when the turn is over: by the commit, or for `held`
 *   where all that wait for it do so with `soon`; or as soon as a write fails, by a rollback that fails all writes and reads.
 * held: still open, as what follows from these writes may come at once, and is then the same commit. Left as `open` is, at the
 *   end of the first turn in which somebody writes or reads who is to be told, or asks for the commit; else after HOLD_MS.
 *
 * What a caller was told is therefore in the file: reads too are answered only once what they saw is kept. Who calls through
 * `ahead` is told before, and has to wait for `begin`'s promise before it tells anybody else. As it counts on what it was told,
 * it is refused everything from a rollback until the end of the turn; what it writes in a later turn has to fail by itself where
 * what it counts on is gone, as compare-and-set does.
 */
export class Database implements Access {
  /** Resolves as soon as it is done: what it wrote is not kept yet, nor perhaps what it read. */
  readonly ahead: Access
  readonly #connection: DatabaseSync
  readonly #begin: Statement
  readonly #commit: Statement
  readonly #checkpoint: Statement
  #rest: NodeJS.Timeout | undefined
  #limit: NodeJS.Timeout | undefined
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
      join: pending => this.join(pending),
    }
  }

  prepare(sql: string): Statement {
    return new Prepared(this.#connection, sql)
  }

  /** Resolves with what `work` returns once that is kept. What it wrote is gone if the promise rejects. */
  async write<T>(work: () => T): Promise<T> {
    const { value, group } = this.#write(work)
    this.#hurry(group)
    await group.kept
    return value
  }

  /** Resolves with what `work` returns, once all that it can have seen is kept. */
  async read<T>(work: () => T): Promise<T> {
    const { value, group } = this.#read(work)
    if (group !== undefined) {
      this.#hurry(group)
      await group.kept
    }
    return value
  }

  afterwards(callback: () => void): void {
    if (this.#group === undefined) callback()
    else this.#group.callbacks.push(callback)
  }

  join(pending: Pending): void {
    this.#group?.pending.add(pending)
  }

  /** What it returns, called after some writes: resolves once they are kept, rejects if any of them was taken back. */
  begin(): (haste?: Haste) => Promise<void> {
    const failure = this.#failure
    return async (haste = 'now') => {
      if (this.#failure !== failure) throw this.#failure
      const group = this.#group
      if (group === undefined) return
      if (haste === 'now') this.#hurry(group)
      else group.patient = true
      await group.kept
    }
  }

  /** Keeps what is under way. Nothing can be read or written any more. */
  close(): void {
    if (this.#closed) return
    if (this.#group !== undefined) this.#end(this.#group)
    this.#closed = true
    clearTimeout(this.#rest)
    clearTimeout(this.#limit)
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
    const group: Group = {
      kept,
      resolve,
      reject,
      callbacks: [],
      pending: new Set(),
      patient: false,
      hurried: false,
      held: false,
    }
    this.#group = group
    setImmediate(() => this.#turnOver(group))
    return group
  }

  #turnOver(group: Group): void {
    if (this.#group !== group) return
    if (group.hurried || !group.patient) return this.#end(group)
    group.held = true
    this.#idle(group)
    // One timer for all: should it ring for a later group, that is only kept sooner.
    this.#limit ??= setTimeout(() => this.#group?.held === true && this.#end(this.#group), HOLD_MS)
    this.#limit.refresh()
  }

  #idle(group: Group): void {
    try {
      for (const pending of group.pending) pending.idle?.()
    } catch (cause) {
      this.#rollBack(group, cause)
    }
  }

  #hurry(group: Group): void {
    if (group.hurried) return
    group.hurried = true
    if (group.held) setImmediate(() => this.#end(group))
  }

  #end(group: Group): void {
    if (this.#group !== group) return
    try {
      for (const pending of group.pending) pending.write()
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
    for (const pending of group.pending) pending.forget()
    // SQLite itself has rolled back where the disk is full or broken.
    if (this.#connection.isTransaction) this.#connection.exec('ROLLBACK')
    group.reject(failure)
    return failure
  }
}
