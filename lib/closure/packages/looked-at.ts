import type { PackageEntry, PackageUse } from './entry-text.ts'
import type { FreshState } from './fresh-state.ts'

/** What packages hold when they were just loaded, and what is used of them where that was looked at. */
interface Look {
  readonly fresh: FreshState
  readonly uses: readonly { readonly entry: PackageEntry; readonly members: ReadonlySet<string> | undefined }[]
}

const looks = new Map<FreshState, Look>()

export function noteLook(uses: readonly PackageUse[], fresh: FreshState): void {
  if (looks.has(fresh)) return
  // They may come to be used otherwise.
  const then = uses.map(({ entry, members }) => ({ entry, members: members && new Set(members) }))
  looks.set(fresh, { fresh, uses: then })
}

/**
 * What was seen when as much or more of the same files was used: members that nobody uses change nothing for the others, but
 * files may.
 */
export function earlierLook(uses: readonly PackageUse[]): FreshState | undefined {
  for (const look of looks.values()) {
    const found = fromLook(look, uses)
    if (found !== undefined) return found
  }
  return undefined
}

function fromLook({ fresh, uses: then }: Look, uses: readonly PackageUse[]): FreshState | undefined {
  if (then.length !== uses.length) return undefined
  const roots: Record<string, number> = {}
  for (const [number, { entry, members }] of uses.entries()) {
    const before = then.findIndex(it => it.entry.file === entry.file && it.entry.by === entry.by)
    const had = then[before]?.members
    if (before < 0 || (had === undefined) !== (members === undefined)) return undefined
    for (const path of members === undefined ? [[]] : [...members].map(member => [member])) {
      const root = fresh.roots[JSON.stringify([`m${before}`, ...path])]
      if (root === undefined) return undefined
      roots[JSON.stringify([`m${number}`, ...path])] = root
    }
  }
  return { ...fresh, roots }
}
