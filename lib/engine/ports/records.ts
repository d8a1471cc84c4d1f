import type { RecordKind, Registry, Stored } from './registry.ts'

/** How often a change is tried again that others come before: then something else is wrong. */
const TRIES = 100

/** One kind of a registry's records, typed. */
export interface Records<Value> {
  get(name: string): Promise<Stored<Value> | undefined>
  /** See `Registry.put`: kept if the stored version is this one, or without a version if there is none. */
  put(name: string, value: Value, version?: string): Promise<string | undefined>
  delete(name: string, version?: string): Promise<boolean>
  list(params: { prefix?: string; after?: string; limit: number }): Promise<readonly Stored<Value>[]>
  /** All of them, page by page, in order of name. */
  each(prefix?: string): AsyncGenerator<Stored<Value>>
  /**
   * Reads, asks for what should be there instead, and puts that, as often as others come before.
   * @param next what is to be there, given what is; undefined: nothing is to change. What it throws is thrown on.
   * @returns what is there now
   */
  change(name: string, next: (value: Value | undefined) => Value | undefined): Promise<Value | undefined>
}

/** Records of one listing, where all are walked. */
const PAGE = 100

export function recordsOf<Value>(registry: Registry, kind: RecordKind): Records<Value> {
  // What is read was written here: its type is what was put.
  const typed = (stored: Stored | undefined): Stored<Value> | undefined => stored as Stored<Value> | undefined
  const records: Records<Value> = {
    get: async name => typed(await registry.get({ kind, name })),
    put: (name, value, version) => registry.put({ kind, name, value, version }),
    delete: (name, version) => registry.delete({ kind, name, version }),
    list: async params => (await registry.list({ kind, ...params })) as readonly Stored<Value>[],
    async *each(prefix = '') {
      let after = ''
      for (;;) {
        const page = await records.list({ prefix, after, limit: PAGE })
        yield* page
        const last = page.at(-1)
        if (last === undefined || page.length < PAGE) return
        after = last.name
      }
    },
    async change(name, next) {
      for (let nth = 0; nth < TRIES; nth++) {
        const stored = await records.get(name)
        const value = next(stored?.value)
        if (value === undefined) return stored?.value
        if ((await records.put(name, value, stored?.version)) !== undefined) return value
      }
      throw new Error(`The ${kind} “${name}” changed ${TRIES} times while it was to be changed.`)
    },
  }
  return records
}
