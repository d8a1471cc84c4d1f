import type { Access } from './database.ts'

/** Rows of the open transaction that are not written yet. */
export interface Unwritten {
  readonly size: number
  write(): void
}

/** An access for verbs that look at the tables: what is not written yet is written before they do. */
export function writtenFirst(access: Access, unwritten: Unwritten): Access {
  const write = <T>(work: () => T): Promise<T> =>
    access.write(() => {
      unwritten.write()
      return work()
    })
  return {
    prepare: sql => access.prepare(sql),
    afterwards: callback => access.afterwards(callback),
    join: pending => access.join(pending),
    write,
    read: work => (unwritten.size === 0 ? access.read(work) : write(work)),
  }
}
