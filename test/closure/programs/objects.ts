import { body, callsOf } from './functions.ts'
import type { Writer } from './writer.ts'

const inMethod = (w: Writer): string => `{ ${body(w, { params: ['p'], own: true })} }`

/** A literal with members of all kinds; perhaps closed, or with another prototype. */
export function object(w: Writer): string {
  const name = w.name('o')
  const uses = ['show(@)', 'Object.keys(@).length', '({ ...@ }).plain', 'JSON.stringify(@)?.length']
  const parts: string[] = []
  const above = w.chance(3) ? w.find(({ uses }) => uses.includes('Object.keys(@).length')) : undefined
  if (above !== undefined) parts.push(`__proto__: ${above.path}`)
  const { cost } = w.counted(() => {
    for (let index = 0; index <= 1 + w.pick(5); index++) parts.push(member(w, index, uses, above !== undefined))
    return ''
  })
  w.add({ path: name, uses, cost })
  const after = w.one(
    '',
    '',
    `${name}.self = ${name}`,
    `Object.freeze(${name})`,
    `Object.seal(${name})`,
    `Object.preventExtensions(${name})`,
    `Object.defineProperty(${name}, 'hidden', { value: () => ${name}, writable: true })`,
    `Object.defineProperty(${name}, 'plain', { get() { return this === ${name} ? 3 : 4 }, enumerable: true })`,
    `Object.setPrototypeOf(${name}, null)`,
    `Object.setPrototypeOf(${name}, { under: () => ${name}, get plain() { return 6 } })`,
    `${name}.list = [${name}, , ${name}]`,
  )
  return `const ${name} = {\n${parts.join(',\n')}\n}\n${after}`
}

function member(w: Writer, index: number, uses: string[], hasSuper: boolean): string {
  const key = w.one(`k${index}`, `k${index}`, 'plain', 'then', 'toJSON', '7')
  const num = (): string => w.within(true, () => w.num())
  const at = key === '7' ? '@[7]' : `@.${key}`
  const kind = w.pick(hasSuper ? 13 : 12)
  uses.push(...(kind === 2 || kind === 3 ? [at, `${at} = 3`] : kind < 2 ? [at, `${at}++`] : [`${at}?.(2)`, `${at}`]))
  if (kind === 0) return `${key}: ${w.safe()}`
  if (kind === 1) return `'${key}': [${w.safe()}, { deep: () => ${num()} }]`
  if (kind === 2) return `get ${key}() { return ${num()} }, set ${key}(v) { log.push(num(v)) }`
  if (kind === 3) return `get ['${key}']() { return typeof this + ${num()} }`
  if (kind === 4) return `${key}(p) ${inMethod(w)}`
  if (kind === 5) return `${key}: (p) => num(p) + ${num()}`
  if (kind === 6) return `async ${key}() { return ${num()} }`
  if (kind === 7) return `*${key}() { yield ${num()} }`
  if (kind === 8) return `['${key}'](p) ${inMethod(w)}`
  if (kind === 9) return `${key}: function (p) ${inMethod(w)}`
  if (kind === 10) {
    const other = w.find(() => true)
    return other === undefined || ['this', 'arguments'].includes(other.path) ? `${key}: 1` : `${key}: ${other.path}`
  }
  if (kind === 11) return `${key}: class { static n = 1; get ${key}() { return this.constructor.n++ } }`
  return `${key}(p) { return [num(super['${key}']), num(super.toString), ${num()}] }`
}

/** Maps, sets and lists, with functions and each other in them. */
export function collection(w: Writer): string {
  const [name, key] = [w.name('m'), w.name('key')]
  const first = w.find(({ isFunction }) => isFunction === true)
  const call = first?.path ?? '() => 1'
  const { text, cost: own } = w.counted(() => w.within(true, () => w.num()))
  const cost = own + (first?.cost ?? 0)
  w.add({ path: key, uses: ['@.n++', 'show(@)'] })
  const kind = w.pick(4)
  if (kind === 0) {
    const uses = [
      '@.size',
      `!num(@.get(${key}))`,
      '@.get("f")?.(1)',
      `!@.set(@.size, ${key}).size`,
      'show(@)',
      '@.get("me") === @',
      '[...@.keys()].length',
      '@.get("own")()',
    ]
    w.add({ path: name, uses, cost })
    return `const ${key} = { n: 1 }
const ${name} = new Map([[${key}, 1], ['f', ${call}], ['own', () => ${text}]])
${name}.set('me', ${name}).set(NaN, -0)`
  }
  if (kind === 1) {
    const uses = [
      '@.size',
      `!@.has(${key})`,
      '[...@].map(it => typeof it)',
      'show([...@])',
      `!@.delete(${key})`,
      `@.add({}).size`,
    ]
    w.add({ path: name, uses, cost })
    return `const ${key} = { n: 2 }
const ${name} = new Set([${key}, ${call}, () => ${text}])
${name}.add(${name}); ${name}.own = [${key}]`
  }
  const uses = [
    '@.length',
    '@[1]()',
    `!@[0] === ${key}`,
    '@.push(@.length)',
    '@.at(-1)',
    'show(@)',
    '@.sort?.().length',
    '@[0].n++',
    '@.reverse().length',
  ]
  w.add({ path: name, uses, cost })
  return `const ${key} = { n: 3 }
const ${name} = [${key}, () => ${text}, ${call}, , ${w.safe()}]
${kind === 2 ? `${name}.more = ${name}; ${key}.list = ${name}` : `Object.freeze(${name})`}`
}

export function proxy(w: Writer): string {
  const name = w.name('px')
  const callee = w.find(({ isFunction }) => isFunction === true)
  const { text, cost: own } = w.counted(() => w.within(true, () => w.num()))
  const cost = own + (callee?.cost ?? 0)
  if (callee !== undefined && w.chance(2)) {
    w.add({ path: name, uses: ['@(2)', '@()', '@.name', '@.extra = 1'], cost, isFunction: true })
    return `const ${name} = new Proxy(${callee.path}, { apply(target, self, args) { log.push(args.length); return num(Reflect.apply(target, self, args)) + ${text} } })`
  }
  const uses = ['@.x', '@.y = 3', "'x' in @", 'Object.keys(@).length', '@.hidden', 'delete @.y', '@.x++']
  w.add({ path: name, uses, cost })
  return `const ${name} = new Proxy({ x: 1, hidden: () => ${name} }, {
  get(target, key, self) { log.push(String(key)); return key === 'z' ? self === ${name} : Reflect.get(target, key) },
  has: (target, key) => (log.push('has'), key in target),
  ${w.one('', 'set(target, key, value) { log.push(value); target[key] = num(value) + 1; return true },', `ownKeys: target => (log.push(${text}), Reflect.ownKeys(target)),`)}
})`
}

export function bound(w: Writer): string {
  const name = w.name('bound')
  const callee = w.find(({ isFunction }) => isFunction === true)
  const self = w.one('undefined', '{ size: 4 }', '7', "'text'")
  const first = w.one('', `, ${w.pick(9)}`)
  w.add({ path: name, uses: ['@()', '@(2, 3)', '@.name', '@.length'], cost: (callee?.cost ?? 0) + 1, isFunction: true })
  if (callee === undefined || w.chance(3))
    return `const ${name} = function (n, ...more) { return [this?.size, typeof this, num(n), more.length] }.bind(${self}${first})`
  return `const ${name} = ${callee.path}.bind(${self}${first})${w.one('', '.bind(null, 1)')}`
}

export function template(w: Writer): string {
  const [name, seen] = [w.name('tag'), w.name('seen')]
  const { text, cost } = w.counted(() => w.within(true, () => w.num()))
  w.add({ path: name, uses: [`@\`a\${1}\\n\``, `!${seen}.n`, '@`a` === @`a`'], cost: 1 })
  w.add({ path: `${name}.same`, uses: ['@()', '@() === @()', '@().raw[0]', 'Object.isFrozen(@())'], cost })
  return `const ${seen} = { n: 0 }
const ${name} = (strings, ...values) => ((${seen}.n += values.length + 1), strings)
${name}.same = () => ${name}\`x\${${text}}y\\u{41}\\n\``
}

/** Text that is run: in scope, and out of it. */
export function evaluated(w: Writer): string {
  const name = w.name('ev')
  const kind = w.pick(3)
  const { text, cost } = w.counted(() =>
    w.within(true, () => {
      w.hide('kept', 'arguments', 'this')
      return w.num()
    }),
  )
  const quoted = JSON.stringify(text)
  w.add({
    path: name,
    uses: kind === 1 ? ['@("kept++")', '@("kept += 2")', '@(() => 3)', '@("() => kept")()'] : ['@()', '@(2)'],
    cost,
    isFunction: kind !== 1,
  })
  if (kind === 0) return `function ${name}() { let kept = 1; return eval(${quoted}) }`
  if (kind === 1)
    return `const ${name} = (function () { let kept = ${w.safe()}; return function (code) { return typeof code === 'string' ? eval(code) : code() } })()`
  return `const ${name} = new Function('n = 1', 'this.n = 1; return n + ' + ${w.pick(9)}).bind({})`
}

export function buffers(w: Writer): string {
  const [name, other] = [w.name('bytes'), w.name('view')]
  w.add({ path: name, uses: ['@[0]++', '@.length', 'show([...@])', '@.fill(2)[1]', `!@.buffer === ${other}.buffer`] })
  w.add({ path: other, uses: ['@.getInt16?.(0)', '@.byteLength', '@.setInt8?.(1, 5)', '@.length'] })
  return `const ${name} = new ${w.one('Uint8Array', 'Int32Array', 'Float64Array')}([1, 2, 3, 4])
const ${other} = new ${w.one('DataView', 'Uint8Array')}(${name}.buffer, ${w.one('0', '8', '2')})`.replace('8)', '0)')
}

/** Objects that lead to each other, a long way. */
export function list(w: Writer): string {
  const name = w.name('list')
  const { text, cost } = w.counted(() => w.within(true, () => w.num()))
  w.add({
    path: name,
    uses: ['@.next.next.n++', '@.next.next.next.n', '@.next.get()', '@.sum()', '@.next.back === @'],
    cost: cost * 6,
  })
  return `const ${name} = ((below) => {
  const ends = { n: 0, get() { return ${text} } }
  let at = ends
  for (let i = 0; i < 6; i++) { const next = at; at = { n: i, next, get: () => i++ + next.n }; next.back = at }
  ends.next = at
  at.sum = () => { let sum = 0; for (let x = at; x !== ends; x = x.next) sum += x.n + num(x.get()); return sum + num(below) }
  return at
})(${w.safe()})`
}

/** Getters and functions that share a variable which only they see. */
export function cell(w: Writer): string {
  const name = w.name('cell')
  const { text, cost } = w.counted(() => w.within(true, () => w.num()))
  const start = w.one('0', '[]', 'null', "''")
  w.add({
    path: name,
    uses: ['@.value', '@.value = 5', '@.up()', '@.peek()', '@.reset(2)', '@.fork().up()'],
    cost: cost * 2,
    ...callsOfCell(),
  })
  return `const ${name} = (function make(at) {
  let ${w.one('value', 'name', 'held')}Of = at, own = at
  const up = () => (own = num(own) + 1)
  return { up, peek: () => [num(own), ${text}], get value() { return own }, set value(v) { own = v }, reset: v => ((own = v), up()), fork: () => make(own) }
})(${start})`
}

function callsOfCell(): object {
  return { awaits: callsOf('sync').awaits ?? ['Promise.resolve(@.up())'] }
}
