import {
  boundsOf,
  checkName,
  compareNames,
  encodeRecord,
  type Registry,
  type Stored,
} from '../engine/ports/registry.ts'

interface Kept {
  readonly json: string
  readonly version: string
}

/** Records in memory, as JSON: nobody holds on to what was put or read. Listings sort all names of a kind. */
export function createRegistry(): Registry {
  const kinds = new Map<string, Map<string, Kept>>()
  let written = 0

  function ofKind(kind: string): Map<string, Kept> {
    const known = kinds.get(kind)
    if (known !== undefined) return known
    const fresh = new Map<string, Kept>()
    kinds.set(kind, fresh)
    return fresh
  }

  return {
    async get({ kind, name }) {
      checkName(name)
      const kept = ofKind(kind).get(name)
      return kept && storedOf(name, kept)
    },
    async put({ kind, name, value, version }) {
      checkName(name)
      const json = encodeRecord({ kind, name, value })
      if (ofKind(kind).get(name)?.version !== version) return undefined
      const next = String(++written)
      ofKind(kind).set(name, { json, version: next })
      return next
    },
    async delete({ kind, name, version }) {
      checkName(name)
      if (version !== undefined && ofKind(kind).get(name)?.version !== version) return false
      return ofKind(kind).delete(name)
    },
    async list({ kind, prefix = '', after = '', limit }) {
      const { from, to } = boundsOf({ prefix, after })
      return [...ofKind(kind)]
        .filter(([name]) => name !== after && compareNames(name, from) >= 0 && compareNames(name, to) <= 0)
        .sort(([one], [other]) => compareNames(one, other))
        .slice(0, limit)
        .map(([name, kept]) => storedOf(name, kept))
    },
  }
}

function storedOf(name: string, { json, version }: Kept): Stored {
  return { name, value: JSON.parse(json), version }
}
