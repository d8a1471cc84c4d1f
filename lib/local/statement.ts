import type { DatabaseSync, SQLInputValue, SQLOutputValue, StatementSync } from 'node:sqlite'

/** A row by the order of its columns. */
export type Row = readonly SQLOutputValue[]

export interface Statement {
  /** How many rows it changed. */
  run(...values: SQLInputValue[]): number
  get(...values: SQLInputValue[]): Row | undefined
  all(...values: SQLInputValue[]): readonly Row[]
}

/** Compiled when it is first run: a process runs few of all statements. */
export class Prepared implements Statement {
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
