import { EventEmitter } from 'node:events'
import * as own from './captured-base.ts'

/**
 * The symbols under which Node keeps the state of its emitters and of their lists of listeners, by description: no module
 * exports them, and emitters that have others in their place lose listeners in silence.
 */
export function emitterSymbols(): Readonly<Record<string, symbol>> {
  const emitter = new EventEmitter().on('x', Object).on('x', Object) as unknown as { readonly _events: { x: object } }
  const symbols = [emitter, emitter._events.x].flatMap(own.getOwnPropertySymbols)
  return Object.fromEntries(symbols.map(symbol => [symbol.description, symbol]))
}
