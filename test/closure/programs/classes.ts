import { body, type callsOf } from './functions.ts'
import type { ClassShape, Thing, Writer } from './writer.ts'

interface Base {
  readonly text: string
  readonly shape: ClassShape
  readonly uses: readonly string[]
}

const plain: ClassShape = { superArgs: '', methods: [], statics: [] }

const builtIns: readonly Base[] = [
  { text: '', shape: plain, uses: [] },
  { text: '', shape: plain, uses: [] },
  { text: '', shape: plain, uses: [] },
  { text: 'Array', shape: plain, uses: ['@.push(1)', '@.length', '@.concat([1]).constructor.name', '[...@]'] },
  { text: 'Map', shape: { ...plain, superArgs: '[[1, 2]]' }, uses: ['@.size', '@.set(@.size, 1).size', '[...@]'] },
  { text: 'Set', shape: { ...plain, superArgs: '[1]' }, uses: ['@.add(@.size).size', '[...@]'] },
  {
    text: 'Error',
    shape: { ...plain, superArgs: "'m', { cause: 1 }" },
    uses: ['@.message', '@.cause', '@ instanceof Error'],
  },
  { text: 'Date', shape: { ...plain, superArgs: '5000' }, uses: ['@.getTime()', '@.setTime(7)'] },
  { text: 'Uint8Array', shape: { ...plain, superArgs: '4' }, uses: ['@.length', '@[1]++', '@.fill(3)[2]'] },
  { text: 'Function', shape: { ...plain, superArgs: "'return 1'" }, uses: ['@()', '@.length'] },
  { text: 'Object', shape: plain, uses: [] },
  { text: 'Promise', shape: { ...plain, superArgs: 'ok => ok(2)' }, uses: ['typeof @.then'] },
]

function baseOf(w: Writer): Base {
  const other = w.chance(2) ? w.find(({ asClass }) => asClass !== undefined) : undefined
  if (other?.asClass === undefined) return w.one(...builtIns)
  return { text: `(${other.path})`, shape: other.asClass, uses: other.asClass.methods.map(name => `@.${name}()`) }
}

interface Member {
  readonly text: string
  /** Of an instance. */
  readonly uses?: readonly string[]
  readonly statics?: readonly string[]
  /** To be called by a class below. */
  readonly method?: string
  readonly staticMethod?: string
}

/** A class with members of all kinds, and an instance. */
export function classOf(w: Writer, isExpression = false): string {
  const base = baseOf(w)
  const [name, object] = [w.name('C'), w.name('o')]
  const inner = isExpression && w.chance(2) ? name : w.one('', 'K')
  const members: Member[] = []
  const { text, cost } = w.counted(() =>
    w.within(true, () => {
      w.hide('arguments', 'this', 'new.target')
      const derived = base.text !== ''
      const first = w.chance(2) ? written(w, base) : ''
      for (let index = 0; index <= 1 + w.pick(6); index++) members.push(member(w, index, name, base.shape, derived))
      return [first, ...members.map(({ text }) => text)].join(';\n')
    }),
  )
  const own = members.flatMap(({ uses = [] }) => uses)
  const statics = members.flatMap(({ statics = [] }) => statics)
  const uses = [...base.uses, ...own]
  const shape: ClassShape = {
    superArgs: base.shape.superArgs,
    methods: members.flatMap(({ method }) => method ?? []),
    statics: members.flatMap(({ staticMethod }) => staticMethod ?? []),
  }
  const fresh = `new (@)(${base.shape.superArgs})`
  const ofNew = own.map(use => use.replaceAll('@', fresh)).filter(use => !/[+-]{2}|=/.test(use))
  w.add({
    path: name,
    uses: [...statics, ...ofNew, '@.name', `show(${fresh})`, `!${object} instanceof (@)`],
    cost,
    asClass: shape,
  })
  w.add({ path: object, uses: [...uses, 'show(@)', `!@.constructor === ${name}`, '@.plain = num(@.plain) + 1'], cost })
  const heritage = base.text === '' ? '' : ` extends ${base.text}`
  const declared = isExpression ? `const ${name} = class ${inner}` : `class ${name}`
  return `${declared}${heritage} {
${text}
}
const ${object} = made(() => new ${name}(${base.shape.superArgs}))`
}

function written(w: Writer, { text, shape }: Base): string {
  if (text === '') return `constructor(x = ${w.num()}) { this.plain = num(x); this.target = new.target.name }`
  return w.one(
    `constructor(...args) { super(...args); this.plain = ${w.num()} }`,
    `constructor() { const later = () => this; super(${shape.superArgs}); this.held = later().plain = ${w.num()} }`,
    `constructor() { (() => super(${shape.superArgs}))(); this.plain = 1 }`,
  )
}

function member(w: Writer, index: number, own: string, shape: ClassShape, derived: boolean): Member {
  const key = w.one(`k${index}`, `k${index}`, `k${index}`, 'size2', 'total')
  const num = (): string => w.within(true, () => w.num())
  const inMethod = (kind: Parameters<typeof callsOf>[0] = 'sync'): string =>
    `{ ${body(w, { kind, params: ['p'], own: true })} }`
  const up = derived && shape.methods.length > 0 ? `num(super.${w.one(...shape.methods)}())` : 'num(super.toString)'
  const forms: readonly (() => Member)[] = [
    () => ({ text: `${key} = ${num()}`, uses: [`@.${key}`, `@.${key}++`] }),
    () => ({ text: `#p${index} = ${num()}\n${key}() { return this.#p${index}++ }`, uses: [`@.${key}()`], method: key }),
    () => ({ text: `${key}(p) ${inMethod()}`, uses: [`@.${key}(2)`, `@.${key}()`], method: key }),
    () => ({
      text: `get ${key}() { return ${num()} }\nset ${key}(v) { this.plain = num(v) }`,
      uses: [`@.${key}`, `@.${key} = 3`],
    }),
    () => ({ text: `#m${index}(p) ${inMethod()}\n${key}(p) { return this.#m${index}(p) }`, uses: [`@.${key}(1)`] }),
    () => ({
      text: `get #g${index}() { return ${num()} }\nset #g${index}(v) { this.plain = v }\n${key}() { return (this.#g${index} += 1) }`,
      uses: [`@.${key}()`],
      method: key,
    }),
    () => ({ text: `static ${key} = ${w.safe()}`, statics: [`@.${key}`, `@.${key}++`] }),
    () => ({
      text: `static #s${index} = ${w.safe()}\nstatic ${key}() { return ${own}.#s${index}++ }`,
      statics: [`@.${key}()`],
      staticMethod: key,
    }),
    () => ({
      text: `static #t${index}(p) ${inMethod()}\nstatic ${key}(p) { return ${own}.#t${index}(p) }`,
      statics: [`@.${key}(4)`],
    }),
    () => ({
      text: `static { let hidden = ${w.safe()}; this.${key} = () => hidden++; this.more${index} = [this, ${w.safe()}] }`,
      statics: [`@.${key}()`, `@.more${index}.length`, `@.more${index}[0] === @`],
    }),
    () => ({ text: `${key} = () => [this.plain, typeof new.target, ${num()}]`, uses: [`@.${key}()`] }),
    () => ({ text: `${key}() { return ${up} + 1 }`, uses: [`@.${key}()`], method: key }),
    () => ({
      text: `${key}() { return [1].map(() => ${up} + num(this.plain))[0] }`,
      uses: [`@.${key}()`],
      method: key,
    }),
    () => ({ text: `['c' + ${w.pick(9)} + ${index}](p) ${inMethod()}`, uses: ['@.c11?.()', '@.c22?.(2)'] }),
    () => ({ text: `*[Symbol.iterator]() { yield ${num()}; yield* [1, 2] }`, uses: ['[...@]', 'Array.from(@)'] }),
    () => ({
      text: `#b${index} = { n: ${num()} }\nstatic ${key}(o) { return #b${index} in o ? o.#b${index}.n++ : -1 }`,
      statics: [`@.${key}({})`, `@.${key}(new (@)(${shape.superArgs}))`],
    }),
    () => ({ text: `static get ${key}() { return [this === ${own}, ${num()}] }`, statics: [`@.${key}`] }),
    () => ({
      text: `static of${index}(...args) { return new this(...args) }`,
      statics: [`show(@.of${index}(${shape.superArgs}))`],
    }),
    () => ({
      text: `static ${key} = [() => this, x => ${own}.name + x]`,
      statics: [`@.${key}[0]() === @`, `@.${key}[1](1)`],
    }),
    () => ({
      text: `static one${index} = made(() => new ${own}(${shape.superArgs}))`,
      statics: [`show(@.one${index})`, `@.one${index} instanceof (@)`],
    }),
    () => ({
      text: `#f${index} = x => x + num(this.plain) + ${num()}\n${key}(p = this.#f${index}(1)) { return p }`,
      uses: [`@.${key}()`],
      method: key,
    }),
    () => ({
      text: `accessor${index} = { owner: this, get it() { return this.owner.plain } }`,
      uses: [`@.accessor${index}.it`, `@.accessor${index}.owner === @`],
    }),
  ]
  return w.one(...forms)()
}

/** A function that gives classes: each of its own, with variables in common or not. */
export function mixin(w: Writer): string {
  const [name, one, two] = [w.name('mix'), w.name('A'), w.name('B')]
  const { text, cost } = w.counted(() => w.within(true, () => w.num()))
  const base = baseOf(w)
  const over = base.text === '' ? 'Object' : base.text
  const methods = ['hit', 'peek']
  const asClass: ClassShape = { superArgs: base.shape.superArgs, methods, statics: ['made'] }
  const make = `new (@)(${asClass.superArgs})`
  const of: Omit<Thing, 'path'> = {
    uses: [
      `${make}.hit()`,
      `${make}.peek()`,
      '@.made()',
      `show(${make})`,
      `!${one}.is(${make})`,
      `!${two}.is(${make})`,
    ],
    cost,
    asClass,
  }
  w.add({ path: one, ...of })
  w.add({ path: two, ...of })
  return `const ${name} = (Base, n = 0) => class extends Base {
  #own = n
  static #count = 0
  static made() { return this.name + (++n) }
  static is(it) { return #own in it }
  hit() { return this.#own++ + n++ }
  peek() { return [this.#own, n, ${text}] }
}
const ${one} = ${name}(${over}, ${w.pick(9)})
const ${two} = ${name}(${w.one(over, one)}, 1)`
}

/** A constructor of the old kind, with functions that took `this`, `arguments` and `new.target` from it. */
export function maker(w: Writer): string {
  const [name, object] = [w.name('Maker'), w.name('made')]
  const { text, cost } = w.counted(() => w.within(true, () => w.num()))
  const uses = ['@.read()', '@.read()', '@.nt()', '@.args()', '@.up()', '@.deep()()', 'show(@)']
  w.add({ path: object, uses, awaits: ['@.soon()'], cost: cost + 1 })
  w.add({ path: name, uses: ['new (@)(1).read()', 'new (@)(2, 3).args()', 'Object.keys(@.prototype).length'], cost })
  return `function ${name}(a) {
  ${w.isModule ? '' : "'use strict'"}
  this.v = num(a)
  this.read = () => this.v++ + ${text}
  this.nt = () => new.target === ${name}
  this.args = () => arguments.length
  this.deep = () => () => [this.v, arguments[0], new.target.name]
  this.soon = async () => this.v++
}
${name}.prototype.up = function (by = 1) { return (this.v += by) }
${w.one('', `Object.defineProperty(${name}.prototype, 'size', { get() { return this.v } })`)}
const ${object} = new ${name}(${w.safe()}, 2)`
}
