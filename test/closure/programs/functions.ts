import type { Thing, Writer } from './writer.ts'

// Functions of each kind. Each takes a number, or none.

type Kind = 'sync' | 'async' | 'generator' | 'async generator'

/** What can be done with a function of a kind. */
export function callsOf(kind: Kind): Pick<Thing, 'uses' | 'awaits'> {
  if (kind === 'async') return { uses: ['@.length', '@.name'], awaits: ['@()', '@(3)', 'Promise.all([@(1), @(2)])'] }
  if (kind === 'generator') return { uses: ['[...@(2)]', '@().next().value', 'Array.from(@(3))'] }
  if (kind === 'async generator') return { uses: ['@.name'], awaits: ['all(@(2))', '@().next().then(it => it.value)'] }
  return { uses: ['@()', '@(3)', '[1, 2].map(n => @(n))', '@.name', '@.length', '@?.(4)', '[@][0](5)'] }
}

interface BodyOptions {
  readonly kind?: Kind
  readonly params?: readonly string[]
  /** It has a `this` and `arguments` of its own. */
  readonly own?: boolean
}

/** A function's statements, with scope of its own. */
export function body(w: Writer, { kind = 'sync', params = [], own = false }: BodyOptions): string {
  return w.within(true, () => {
    if (own) ownNames(w)
    w.hide(...params)
    for (const path of params) w.add({ path, uses: ['@'], writes: ['@++', '@ += 2', '(@ = 4)'] })
    const lines: string[] = []
    for (let left = w.pick(3); left > 0; left--) lines.push(statement(w))
    const given = kind.startsWith('async') ? w.later() : w.num()
    if (kind.endsWith('generator')) {
      lines.push(`yield ${w.num()}`)
      if (w.chance(2)) lines.push(kind === 'generator' ? `yield* [1, ${w.num()}]` : `yield await ${w.num()}`)
    }
    lines.push(`return ${given}`)
    return lines.join('\n')
  })
}

/** What a function that is no arrow function has of its own. */
export function ownNames(w: Writer): void {
  w.hide('this', 'arguments', 'new.target')
  if (w.chance(3)) w.add({ path: 'this', uses: ['typeof @', '@?.size'] })
  if (w.chance(4)) w.add({ path: 'arguments', uses: ['@.length', '@[0]', '[...@]'] })
  if (w.chance(4)) w.add({ path: 'new.target', uses: ['(@ === undefined)', '@?.name'] })
}

function statement(w: Writer): string {
  const kind = w.pick(9)
  if (kind === 0) {
    const name = w.name('n')
    const text = `let ${name} = ${w.num()}`
    w.add({ path: name, uses: ['@'], writes: ['@++', '--@', '(@ *= 2)'] })
    return text
  }
  if (kind === 1) {
    const name = w.name('in')
    const { text, cost } = w.counted(() => `const ${name} = () => ${w.num()}`)
    w.add({ path: name, ...callsOf('sync'), cost, isFunction: true })
    return text
  }
  if (kind === 2) return `if (${w.num()} % 2 === 0) { ${w.reading()} } else ${w.reading()}`
  if (kind === 3) return `try { ${w.reading()} } catch (error) { ${w.reading()} } finally { ${w.reading()} }`
  if (kind === 4) return `for (const at of [1, 2]) ${w.reading()}`
  if (kind === 5) {
    const name = w.name('it')
    const text = `const { length: ${name} = ${w.num()} } = String(${w.num()})`
    w.add({ path: name, uses: ['@'] })
    return text
  }
  if (kind === 6) return `log.push(num(${w.reading()}))`
  if (kind === 7) {
    const name = w.name('v', true)
    const text = `var ${name} = ${w.num()}`
    w.add({ path: name, uses: ['@', '@'], writes: ['@++', '(@ ||= 3)'] })
    return text
  }
  return `${w.reading()}`
}

const kinds: readonly Kind[] = ['sync', 'sync', 'async', 'generator', 'async generator']

/** A function, as a declaration or in a variable. */
export function plainFunction(w: Writer): string {
  const kind = w.one(...kinds)
  const name = w.name('f')
  const star = kind.endsWith('generator') ? '*' : ''
  const before = kind.startsWith('async') ? 'async ' : ''
  const form = w.pick(star === '' ? 5 : 3)
  const { text, cost } = w.counted(() => {
    if (form > 2) {
      const head = w.one('p', '(p = 1)', '(p, ...rest)', '({ length: p } = [1, 2])')
      const whole = form === 3 ? `{ ${body(w, { kind, params: ['p'] })} }` : w.within(true, () => w.num())
      return `const ${name} = ${before}${head === 'p' ? '(p)' : head} => ${whole}`
    }
    const strict = w.isModule || !w.chance(3) ? '' : "'use strict'\n"
    const params = strict === '' && w.chance(2) ? '(p = 2)' : '(p)'
    const whole = `${params} {${strict}${body(w, { kind, params: ['p'], own: true })}}`
    if (form === 0) return `${before}function${star} ${name}${whole}`
    return `${w.one('const', 'let')} ${name} = ${before}function${star} ${form === 1 ? '' : w.one('self', 'name')}${whole}`
  })
  w.add({ path: name, ...callsOf(kind), cost: cost * 2, isFunction: kind === 'sync' })
  return text
}

/** Defaults and patterns that capture, and refer to each other. */
export function patterns(w: Writer): string {
  const name = w.name('f')
  const { text, cost } = w.counted(() =>
    w.within(true, () => {
      w.hide('a', 'b', 'c', 'd', 'r', 'q', 'rest')
      const first = w.num()
      w.add({ path: 'a', uses: ['@'], writes: ['@++', '(@ = 1)'] })
      w.add({ path: 'q', uses: ['@()'], cost: 1 })
      const pattern = `{ a = ${first}, b: [c, ...d] = [1, ${first}, 3], ['r' + 1]: r = 2, ...e } = {}`
      const second = w.num()
      return `${name}(${pattern}, q = () => a++ + ${second}, ...rest) { return [a, c, d, q(), r, ${w.num()}, rest.length] }`
    }),
  )
  const uses = [
    '@()',
    '@({ a: 2, b: [4, 5], z: 1 })',
    '@({ r1: 3 }, () => 4, 5, 6)',
    '@({ b: "xyz" }, undefined)',
    '@.length',
  ]
  w.add({ path: name, uses, cost })
  return w.one(`function ${text}`, `const ${text.replace('(', ' = (').replace(/\) \{ return (.*) \}$/, ') => $1')}`)
}

export function recursive(w: Writer): string {
  const kind = w.pick(3)
  const [name, other] = [w.name('r'), w.name('s')]
  const { text, cost } = w.counted(() => w.within(true, () => w.num()))
  w.add({ path: name, uses: ['@(3)', '@(0)', '@.name', '@.length'], cost: cost * 4, isFunction: true })
  if (kind === 0) return `const ${name} = n => (n > 3 || !(n > 0) ? ${text} : num(${name}(n - 1)) + 1)`
  if (kind === 1)
    return `let ${name} = function ${w.one('self', 'again')}(n = 2) { return n > 3 || n <= 0 ? ${text} : n * num(arguments.length) + num(${name}(n - 1)) }`
  w.add({ path: other, uses: ['@(2)'], cost: cost * 4 })
  return `function ${name}(n) { return n > 3 || !(n > 0) ? ${text} : ${other}(n - 1) }
function ${other}(n) { return n > 3 || !(n > 0) ? 1 : ${name}(n - 1) + 1 }`
}

/** With a property that it counts in. */
export function withProperties(w: Writer): string {
  const name = w.name('f')
  const { text, cost } = w.counted(() => w.within(true, () => w.num()))
  const key = w.one('hits', 'name', 'length', 'prototype', 'call', 'then')
  w.add({ path: name, uses: ['@()', '@.hits', '@.more.list.push(1)', '@.again()'], cost: cost * 2, isFunction: true })
  return `const ${name} = ${w.one('() =>', 'function () { return', 'async () =>')} (${name}.hits++, ${text})${'PLACE'}
${name}.hits = ${w.pick(9)}
${name}.more = { list: [${name}], of: ${name} }
${name}.again = () => ${name}.hits++ + num(${name}.more.list)
try { Object.defineProperty(${name}, '${key}', { value: ${w.one("'other'", '7', '() => 1')}, configurable: true }) } catch {}`
    .replace(/(function \(\) \{ return.*)PLACE/, '$1 }')
    .replace('PLACE', '')
}

/** Uses what is declared after it. */
export function early(w: Writer): string {
  const [name, later] = [w.name('early'), w.name('late')]
  w.add({ path: name, uses: ['@()', '@()'], cost: 2, isFunction: true })
  const text = `const ${name} = () => ${later}++ + (typeof ${later} === 'number' ? 1 : 0)
let ${later} = ${w.safe()}`
  w.add({ path: later, uses: ['@'], writes: ['@--', '(@ = 3)'] })
  return text
}

/** A function that gives a function that gives a function. */
export function curried(w: Writer): string {
  const [name, held] = [w.name('curry'), w.name('held')]
  const { text, cost } = w.counted(() =>
    w.within(true, () => {
      w.hide('x', 'y', 'z')
      for (const path of ['x', 'y']) w.add({ path, uses: ['@'], writes: ['@++', '(@ -= 1)'] })
      const inner = w.num()
      return w.one(
        `x => y => z => num(x++) + num(y) + z + ${inner}`,
        `function (x) { return function (y) { x += num(y); return z => x++ + z + ${inner} } }`,
        `(x = 1, y = x) => { let total = num(x); return (y) => { total += num(y); return z => (total += z) + ${inner} } }`,
      )
    }),
  )
  w.add({ path: name, uses: ['@(1)(2)(3)', '@(4)(5)(6)'], cost: cost + 2 })
  w.add({ path: held, uses: ['@.a(1)(2)', '@.b(3)', '@.c(4)'], cost: cost + 2 })
  return `const ${name} = ${text}
const ${held} = { a: ${name}(1) }
${held}.b = ${held}.a(2)
${held}.c = ${held}.a(2)`
}
