import type { Callable } from '../value/captured.ts'
import type { Numbered } from '../value/encoding.ts'
import type { HeldName } from './bundle-format.ts'

/**
 * What this process sent, and what comes back may name: functions, and unique symbols by their numbers. They are named by
 * the hash of their message. Of two messages of one hash, which hold other functions of equal state, the first is
 * remembered here; who sent the other one keeps that.
 */
export interface Sent {
  readonly hash: string
  /** By id. */
  readonly functions: readonly (WeakRef<Callable> | undefined)[]
  readonly symbols: ReadonlyMap<number, symbol>
}

/** Messages that are remembered; the oldest are forgotten. Each weighs about 100 B and 50 B a function. */
const MAX_MESSAGES = 10_000

const messages = new Map<string, Sent>()
const references = new WeakMap<Callable, WeakRef<Callable>>()
const noSymbols: ReadonlyMap<number, symbol> = new Map()

export function remember(hash: string, functions: readonly (Callable | undefined)[], numbered?: Numbered): Sent {
  const symbols = numbered?.hasSymbols === true ? symbolsIn(numbered) : noSymbols
  const before = messages.get(hash)
  if (before !== undefined && isOf(before, functions, symbols)) return before
  const sent = { hash, functions: functions.map(fn => fn && weak(fn)), symbols }
  if (before !== undefined) return sent
  messages.set(hash, sent)
  if (messages.size > MAX_MESSAGES) messages.delete(messages.keys().next().value as string)
  return sent
}

/** Whether what it holds is found without it. */
export function isRemembered(sent: Sent): boolean {
  return messages.get(sent.hash) === sent
}

/** The caller's own function; undefined when it was forgotten or is gone. @param by what its job was sent with */
export function sentFunction(hash: string, id: number, by: readonly Sent[] = []): Callable | undefined {
  return messageOf(hash, by)?.functions[id]?.deref()
}

/** The caller's own symbol; of one that this process did not send another one. */
export function sentSymbol([hash, number, description]: HeldName, by: readonly Sent[] = []): symbol {
  return messageOf(hash, by)?.symbols.get(number) ?? Symbol(description)
}

function messageOf(hash: string, by: readonly Sent[]): Sent | undefined {
  return by.find(sent => sent.hash === hash) ?? messages.get(hash)
}

function symbolsIn({ things }: Numbered): ReadonlyMap<number, symbol> {
  const found = new Map<number, symbol>()
  let number = 0
  for (const thing of things) {
    if (typeof thing === 'symbol') found.set(number, thing)
    number++
  }
  return found
}

function isOf(sent: Sent, functions: readonly (Callable | undefined)[], symbols: Sent['symbols']): boolean {
  if (functions.length !== sent.functions.length || symbols.size !== sent.symbols.size) return false
  for (const [number, symbol] of symbols) if (sent.symbols.get(number) !== symbol) return false
  return functions.every((fn, id) => sent.functions[id]?.deref() === fn)
}

// Making one costs more than finding it, and captures of one function are many.
function weak(fn: Callable): WeakRef<Callable> {
  const known = references.get(fn)
  if (known !== undefined) return known
  const made = new WeakRef(fn)
  references.set(fn, made)
  return made
}
