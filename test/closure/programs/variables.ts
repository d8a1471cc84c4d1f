import type { Writer } from './writer.ts'

/** Variables of all sorts, and what they may hold. */

export function number(w: Writer): string {
  const kind = w.one('let', 'const', 'var', 'let')
  const name = w.name('n', kind === 'var')
  const text = `${kind} ${name} = ${w.safe()}`
  w.add({
    path: name,
    uses: ['@'],
    ...(kind !== 'const' && { writes: ['@++', '--@', '@ += 5', '(@ = 3)', '(@ ??= 2)'] }),
  })
  return text
}

export function odd(w: Writer): string {
  const name = w.name('odd')
  const value = w.one(
    'undefined',
    'null',
    '-0',
    'NaN',
    '10n ** 20n',
    "Symbol.for('known')",
    'Symbol.iterator',
    "'\\u2028\\ud800'",
    'new Date(86400000)',
    '/a(?<x>b)/gi',
    "new URL('http://a.b/c?d=1')",
    'Object(Symbol.asyncIterator)',
    'new Boolean(false)',
    'globalThis',
    'Math',
    'Math.max',
    'process.env',
    'Map',
    '[].keys().__proto__',
    '[, 1, , 2, ,]',
    "Object.assign([1], { extra: 'x' })",
    'Object.create(null)',
    'JSON',
    'console',
    'Reflect.ownKeys',
  )
  w.add({ path: name, uses: ['show(@)', 'typeof @', '[@].flat()', 'Object.is(@, @)', 'String(@)'] })
  return `const ${name} = ${value}`
}

export function taken(w: Writer): string {
  const names = [w.name('x'), w.name('y'), w.name('z')]
  const [x, y, z] = names
  for (const path of names) w.add({ path, uses: ['@', 'show(@)'], writes: ['@ = num(@) + 1', '(@ = 2)'] })
  return `let { ${x}: ${x} = ${w.safe()}, ${y}: [${y}, , ...${z}] = [1, 2, ${w.safe()}] } = { w: 1 }`
}

/** The same thing under another name. */
export function alias(w: Writer): string {
  const name = w.name('same')
  const other = w.find(({ path }) => !['this', 'arguments', 'new.target'].includes(path))
  if (other === undefined) return number(w)
  const value = w.one('[@][0]', '{ it: @ }.it', '@').replaceAll('@', other.path)
  const { uses, awaits = [], cost = 0 } = other
  w.add({ path: name, uses: [...uses, `!@ === ${other.path}`, `!Object.is(${other.path}, @)`], awaits, cost })
  return `const ${name} = (${value})`
}

/** A variable that holds now this function, now that; they may call it again. */
export function holder(w: Writer): string {
  const [name, depth, call] = [w.name('hold'), w.name('depth'), w.name('turn')]
  const first = w.find(({ isFunction }) => isFunction === true)
  const second = w.find(({ isFunction }) => isFunction === true)
  const assign = `!@.set(() => num(${w.reading()}) + 1)`
  w.add({
    path: call,
    uses: ['@()', '@(2)', '@.now() === @.now()', assign, second === undefined ? '@()' : `!@.set(${second.path})`],
    cost: (first?.cost ?? 0) + (second?.cost ?? 0) + 2,
    isFunction: true,
  })
  return `let ${name} = ${first?.path ?? 'undefined'}
let ${depth} = 0
const ${call} = (n = 1) => {
  if (${depth} > 1) return ${depth}
  ${depth}++
  try { return num(${name}?.(n)) } finally { ${depth}-- }
}
${call}.set = it => (${name} = it, 1)
${call}.now = () => ${name}`
}

export function symbol(w: Writer): string {
  const [name, held] = [w.name('sym'), w.name('by')]
  const { text, cost } = w.counted(() => w.within(true, () => w.num()))
  w.add({ path: name, uses: ['@.description', 'String(@)', 'typeof @', 'Symbol.keyFor(@)'] })
  w.add({
    path: held,
    uses: [
      `!@[${name}]++`,
      `!@.m(${name})`,
      'Object.getOwnPropertySymbols(@).length',
      'show(@)',
      `!@.is(${name})`,
      `@[Symbol.toPrimitive]()`,
    ],
    cost,
  })
  return `const ${name} = ${w.one("Symbol('own')", 'Symbol()', "Symbol.for('shared')")}
const ${held} = { [${name}]: 1, m(key) { return this[key] + ${text} }, [Symbol.toPrimitive]: () => ${text}, is: it => it === ${name} }`
}

export function promise(w: Writer): string {
  const name = w.name('p')
  const value = w.safe()
  w.add({
    path: name,
    uses: ['typeof @', '@ instanceof Promise'],
    awaits: ['@', '@.then(it => num(it) + 1)', '@.catch(it => num(it))'],
  })
  return w.one(
    `const ${name} = Promise.resolve(${value})`,
    `const ${name} = Promise.reject(${value}); ${name}.catch(() => 0)`,
    `const ${name} = (async () => [await ${value}])(); ${name}.hits = 1`,
  )
}

/** From another file of the user's, with a state of its own. */
export function imported(w: Writer): string {
  const name = w.name('own')
  w.add({
    path: name,
    uses: [
      '@()',
      'tally',
      'level',
      'bump(2)',
      'visit(3)',
      'shared.hits++',
      'registry.size',
      'show(shared.log)',
      'state.level',
      'state.bump()',
      'new Store().add(1)',
      'Store.made',
      'first.add(2)',
      'first.size',
      'first instanceof Store',
      'registry.get("first") === first',
    ],
    cost: 2,
  })
  return `const ${name} = () => ${w.one('bump()', 'visit(tally)', 'first.add(shared.hits)', 'state.bump(level)', 'registry.get("visit")(1)')}`
}
