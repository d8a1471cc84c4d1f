import type { LiveScope } from './inspector.ts'

/** What is around a function. */
export interface SeenScopes {
  readonly scopes: readonly LiveScope[]
  /** The objects of `with` blocks, innermost first; of a proxy another object each time. */
  readonly withs: readonly object[]
}

/** Tells variables from `with` blocks: what is a property of an object is no variable. */
export function seenScopes(all: readonly LiveScope[]): SeenScopes {
  const withs = all.filter(isOfWith)
  if (withs.length === 0) return { scopes: all, withs: none }
  return { scopes: all.filter(scope => !isOfWith(scope)), withs: withs.map(({ object }) => object) }
}

const none: readonly object[] = []

function isOfWith({ description }: LiveScope): boolean {
  return description.startsWith('With')
}
