import type { HeldName } from './bundle-format.ts'
import type { Captured } from './capture.ts'

/**
 * Names the unique symbols that a captured function holds, and its objects where `objects`: arguments that travel with it
 * mean its own by them. Undefined where it holds none.
 */
export function heldBy(
  { hash, numbered }: Pick<Captured, 'hash' | 'numbered'>,
  objects: boolean,
): ((thing: unknown) => HeldName | undefined) | undefined {
  const { things, hasSymbols } = numbered()
  if (!objects && !hasSymbols) return undefined
  let numbers: ReadonlyMap<unknown, number> | undefined
  const has =
    things instanceof Set ? things : { has: (thing: unknown): boolean => (things as unknown[]).includes(thing) }
  return thing => {
    if ((!objects && typeof thing !== 'symbol') || !has.has(thing)) return undefined
    numbers ??= new Map(Array.from(things, (each, number) => [each, number]))
    const number = numbers.get(thing) as number
    return typeof thing === 'symbol' ? [hash, number, thing.description] : [hash, number]
  }
}
