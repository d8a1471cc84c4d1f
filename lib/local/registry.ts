import { boundsOf, checkName, encodeRecord, type Registry, type Stored } from '../engine/ports/registry.ts'
import type { Database } from './database.ts'
import type { Row } from './statement.ts'

/** Records as rows, in the order of their names' bytes: SQLite compares text so. */
export function createRegistry(database: Database): Registry {
  const columns = 'name, value, version'
  const get = database.prepare(`SELECT ${columns} FROM records WHERE kind = ? AND name = ?`)
  const getVersion = database.prepare('SELECT version FROM records WHERE kind = ? AND name = ?')
  const put = database.prepare('INSERT OR REPLACE INTO records (kind, name, value, version) VALUES (?, ?, ?, ?)')
  const remove = database.prepare('DELETE FROM records WHERE kind = ? AND name = ?')
  const list = database.prepare(
    `SELECT ${columns} FROM records WHERE kind = ? AND name >= ? AND name <= ? AND name <> ? ORDER BY name LIMIT ?`,
  )
  // No version comes twice, of whatever record: one that was deleted and made anew has another.
  const nextVersion = database.prepare(`
    INSERT INTO counters VALUES ('records', 1) ON CONFLICT DO UPDATE SET value = value + 1 RETURNING value`)

  function versionOf(kind: string, name: string): string | undefined {
    const row = getVersion.get(kind, name)
    return row === undefined ? undefined : String(row[0])
  }

  return {
    async get({ kind, name }) {
      checkName(name)
      return await database.read(() => {
        const row = get.get(kind, name)
        return row && storedFrom(row)
      })
    },
    async put({ kind, name, value, version }) {
      checkName(name)
      const json = encodeRecord({ kind, name, value })
      return await database.write(() => {
        if (versionOf(kind, name) !== version) return undefined
        const next = Number(nextVersion.get()?.[0])
        put.run(kind, name, json, next)
        return String(next)
      })
    },
    async delete({ kind, name, version }) {
      checkName(name)
      return await database.write(() => {
        if (version !== undefined && versionOf(kind, name) !== version) return false
        return remove.run(kind, name) > 0
      })
    },
    async list({ kind, prefix = '', after = '', limit }) {
      const { from, to } = boundsOf({ prefix, after })
      return await database.read(() => list.all(kind, from, to, after, limit).map(storedFrom))
    },
  }
}

function storedFrom(row: Row): Stored {
  const [name, value, version] = row as [string, string, number]
  return { name, value: JSON.parse(value), version: String(version) }
}
