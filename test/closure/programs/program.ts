import * as classes from './classes.ts'
import * as functions from './functions.ts'
import * as objects from './objects.ts'
import type { Piece, Plan } from './plan.ts'
import * as scopes from './scopes.ts'
import * as variables from './variables.ts'
import { Writer } from './writer.ts'

/** What a module is: as Node reads it, or as a compiler leaves it. */
export const forms = ['mjs', 'cjs', 'mjs', 'minified', 'bundled', 'to-commonjs'] as const
export type Form = (typeof forms)[number]

const flat: readonly ((w: Writer) => string)[] = [
  variables.number,
  functions.plainFunction,
  classes.classOf,
  objects.object,
  functions.plainFunction,
  classes.classOf,
  w => classes.classOf(w, true),
  objects.collection,
  objects.cell,
  variables.alias,
  variables.holder,
  functions.curried,
  functions.recursive,
  functions.patterns,
  functions.withProperties,
  functions.early,
  classes.maker,
  classes.mixin,
  objects.proxy,
  objects.bound,
  objects.template,
  objects.evaluated,
  objects.buffers,
  objects.list,
  variables.odd,
  variables.taken,
  variables.symbol,
  variables.promise,
  variables.imported,
]
const nested: readonly ((w: Writer, piece: Piece) => string)[] = [
  scopes.call,
  scopes.loop,
  scopes.call,
  scopes.block,
  scopes.strange,
]

function written(w: Writer, piece: Piece): string {
  if (piece.inside.length > 0) return (nested[piece.kind % nested.length] as (typeof nested)[number])(w, piece)
  return (flat[piece.kind % flat.length] as (typeof flat)[number])(w)
}

/** The files of a program: `input`, whose `fn` is to be captured and whose `step` changes what it sees, and `state`. */
export function program({ form, pieces, before, step, calls }: Plan): { form: Form; input: string; state: string } {
  const kind = forms[form % forms.length] as Form
  const isModule = kind !== 'cjs'
  const w = new Writer(isModule, written)
  w.hide(...ownNames)
  const declared = pieces.map(piece => w.write(piece)).join('\n')
  const tried = (uses: readonly Piece[], mayWait: boolean): string =>
    uses
      .map(piece => {
        w.cost = 0
        const text = w.use(piece, () => (mayWait ? w.later() : w.num()))
        return `try { log.push(show(${text})) } catch (error) { log.push(error.name) }`
      })
      .join('\n')
  // Evaluated text may name all of a namespace, which is refused where its variables are assigned.
  const imports = declared.includes('eval(') ? head.replace(/^import \*.*$/m, '') : head
  const input = `${isModule ? imports : imports.replace(/^import.*$/gm, required)}
${prelude}
${declared}
${tried(before, false)}
${isModule ? 'export ' : 'exports.step = '}function step() {
${tried(step, false)}
}
${isModule ? 'export ' : 'exports.fn = '}async function fn() {
${tried(calls, true)}
return JSON.stringify(log)
}
`
  return { form: kind, input, state: isModule ? ownState : toCommonJs(ownState) }
}

const ownNames = 'num show log safe made all step fn tally level bump visit shared registry state Store first'.split(
  ' ',
)

const head = `import visit, { tally, level, bump, shared, registry, Store, first } from './state.mjs'
import * as state from './state.mjs'`

function required(line: string): string {
  return line.includes('*')
    ? "const state = require('./state.cjs')"
    : "const { default: visit, tally, level, bump, shared, registry, Store, first } = require('./state.cjs')"
}

const prelude = `const log = []
const num = (v, depth = 0) =>
  typeof v === 'number' ? (Number.isFinite(v) ? v % 9973 : 13)
  : typeof v === 'string' ? v.length
  : typeof v === 'bigint' ? Number(v % 997n)
  : typeof v === 'function' ? 11 + (Number(v.length) || 0)
  : Array.isArray(v) && depth < 3 ? Array.from(v).slice(0, 20).reduce((sum, it) => (sum * 3 + num(it, depth + 1)) % 9973, 1)
  : v === undefined ? 2 : v === null ? 3 : typeof v === 'symbol' ? 5 : v === true ? 1 : v === false ? 0 : 7
const show = (v, depth = 0) => {
  if (typeof v === 'number') return Object.is(v, -0) ? '-0' : String(v)
  if (typeof v === 'function') return 'function ' + String(Object.getOwnPropertyDescriptor(v, 'name')?.value?.toString()) + ' ' + Object.getOwnPropertyNames(v).join()
  if (typeof v !== 'object' || v === null) return typeof v + ' ' + String(v)
  if (depth > 2) return '...'
  const parts = [Object.prototype.toString.call(v), Object.isFrozen(v), Object.isExtensible(v), Object.getPrototypeOf(v)?.constructor?.name]
  if (v === globalThis || v === process.env || v === console) return parts[0]
  if (v instanceof Map || v instanceof Set) for (const it of [...v].slice(0, 5)) parts.push(show(it, depth + 1))
  for (const key of Reflect.ownKeys(v).slice(0, 9)) {
    if (key === 'stack') continue
    const slot = Object.getOwnPropertyDescriptor(v, key)
    parts.push(String(key), slot.enumerable, 'value' in slot ? show(slot.value, depth + 1) : [typeof slot.get, typeof slot.set])
  }
  return parts
}
const safe = make => { try { return num(make()) } catch (error) { return error.name } }
const made = make => { try { return make() } catch (error) { log.push(error.name); return {} } }
const all = async them => { const found = []; for await (const it of them) found.push(it); return found }
`

const ownState = `let count = 0
export { count as tally }
export let level = 1
export const bump = (by = 1) => { level += by; return ++count }
export const shared = { hits: 0, log: [], of: () => shared }
export class Store {
  #items = []
  static made = 0
  constructor() { Store.made++ }
  add(it) { this.#items.push(it); shared.log.push(it); return this.#items.length }
  get size() { return this.#items.length }
}
export const first = new Store()
export default function visit(n) { shared.hits += n; return shared.hits }
export const registry = new Map([['first', first], ['visit', visit], ['Store', Store]])
`

function toCommonJs(text: string): string {
  return text
    .replace(
      'export { count as tally }',
      "Object.defineProperty(exports, 'tally', { get: () => count, enumerable: true })",
    )
    .replace('export let level = 1', 'exports.level = 1')
    .replace('level += by', 'exports.level += by')
    .replace('export default function', 'exports.default = visit\nfunction')
    .replace(/^export const (\w+)/gm, 'const $1 = exports.$1')
    .replace(/^export class (\w+)/gm, 'const $1 = exports.$1 = class $1')
}
