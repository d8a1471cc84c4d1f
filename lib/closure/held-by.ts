import type { HeldName } from './bundle-format.ts'
import type { Captured } from './capture.ts'

/**
 * Names the unique symbols that a captured function holds, what it takes of packages, and all its objects where `objects`:
 * arguments that travel with it mean its own by them. Undefined where it holds none.
 */
export function heldBy(
  { hash, numbered, referenced }: Pick<Captured, 'hash' | 'numbered' | 'referenced'>,
  objects: boolean,
): ((thing: unknown) => HeldName | undefined) | undefined {
  const { things, hasSymbols } = numbered()
  const ofPackages = referenced()
  if (!objects && !hasSymbols && ofPackages.size === 0) return undefined
  let numbers: ReadonlyMap<unknown, number> | undefined
  const has =
    things instanceof Set ? things : { has: (thing: unknown): boolean => (things as unknown[]).includes(thing) }
  return thing => {
    if (!(objects || typeof thing === 'symbol' || ofPackages.has(thing)) || !has.has(thing)) return undefined
    numbers ??= new Map(Array.from(things, (each, number) => [each, number]))
    const number = numbers.get(thing) as number
    return typeof thing === 'symbol' ? [hash, number, thing.description] : [hash, number]
  }
}
