import { CloudException } from '../protocol/errors.ts'
import type { HeldName, KnownFunctions } from './bundle-format.ts'

/** What stands for the unique symbols of messages that the caller sent, by its own symbols' names. */
export function namesOfSymbols(known: readonly KnownFunctions[]): (symbol: unknown) => HeldName | undefined {
  let names: Map<unknown, HeldName> | undefined
  return symbol => {
    names ??= new Map(known.flatMap(namesIn))
    return names.get(symbol)
  }
}

function namesIn({ hash, objects = [] }: KnownFunctions): (readonly [unknown, HeldName])[] {
  return objects.flatMap((it, number) => (typeof it === 'symbol' ? [[it, [hash, number, it.description]]] : []))
}

/** Whether a stand-in is a `HeldName`. */
export function isHeldName(data: unknown): data is HeldName {
  return Array.isArray(data) && typeof data[0] === 'string' && typeof data[1] === 'number'
}

/**
 * What such a name means among messages that came. A symbol of one that did not come is another one.
 * @throws {CloudException} with code `revive` for an object that is not there
 */
export function heldThing([hash, number, ...described]: HeldName, known: readonly KnownFunctions[]): unknown {
  const found = known.find(each => each.hash === hash)?.objects?.[number]
  if (found !== undefined) return found
  if (described.length > 0) return Symbol(described[0])
  throw new CloudException(`This value can’t be revived: object ${number} of message ${hash} is not here.`, {
    code: 'revive',
  })
}

/** The same, without what only arguments could name: who calls the function may let go of that. */
export function withoutObjects(known: KnownFunctions): KnownFunctions {
  const { objects = [] } = known
  const hasSymbols = objects.some(it => typeof it === 'symbol')
  return { ...known, objects: hasSymbols ? objects.map(it => (typeof it === 'symbol' ? it : undefined)) : [] }
}
