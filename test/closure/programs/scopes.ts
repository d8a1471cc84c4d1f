import type { Piece } from './plan.ts'
import type { Thing, Writer } from './writer.ts'

// Scopes with other pieces inside of them: what these declare is handed out, and so used from outside.

/** Writes what is inside, and how it is reached through `name`, at each place. */
interface Inner {
  readonly text: string
  readonly handed: string
}

const kept = /^(this|arguments|new\.target)$/

function inner(w: Writer, piece: Piece, places: readonly string[], isFunction: boolean, before: () => string): Inner {
  const found: Thing[] = []
  const written = w.within(isFunction, scope => {
    for (const place of places) w.mention(place)
    const first = before()
    const lines = piece.inside.map(it => w.write(it))
    found.push(...scope.things.filter(({ path }) => !kept.test(path)))
    return [first, ...lines].join('\n')
  })
  const kind = w.pick(4)
  const parts = found.map(({ path, writes }, index) => {
    const key = `t${index}`
    if (kind === 0) return path
    if (kind === 1) return `['${key}', ${path}]`
    if (kind === 2) return `${key}: ${path}`
    return writes === undefined
      ? `get ${key}() { return ${path} }`
      : `get ${key}() { return ${path} }, set ${key}(v) { ${path} = v }`
  })
  const handed =
    kind === 0 ? `[${parts.join(', ')}]` : kind === 1 ? `new Map([${parts.join(', ')}])` : `{ ${parts.join(', ')} }`
  for (const place of places) {
    for (const [index, thing] of found.entries()) {
      const path = kind === 0 ? `${place}[${index}]` : kind === 1 ? `${place}.get('t${index}')` : `${place}.t${index}`
      const { awaits, cost, isFunction, asClass, writes } = thing
      const uses = thing.uses.filter(it => !it.startsWith('!'))
      const same = { uses, ...(awaits && { awaits }), ...(cost && { cost: cost + 1 }), ...(asClass && { asClass }) }
      w.add({ path, ...same, isFunction: isFunction === true, ...(kind !== 1 && writes && { writes }) })
    }
  }
  return { text: written, handed }
}

function params(w: Writer, ...names: readonly string[]): string {
  w.hide(...names)
  for (const path of names) w.add({ path, uses: ['@'], writes: ['@++', '@ += 2', '(@ = 9)'] })
  return ''
}

/** A function that is called once, or twice. */
export function call(w: Writer, piece: Piece): string {
  const name = w.name('w')
  const twice = w.chance(3)
  const given = [w.safe(), w.safe()]
  const outside = w.name('make')
  const form = w.pick(6)
  const places = twice ? [`${name}.one`, `${name}.two`] : [name]
  const { text, handed } = inner(w, piece, places, true, () => {
    if (form !== 0 && form !== 3) w.hide('this', 'arguments', 'new.target')
    if (form === 1 && w.chance(2)) w.add({ path: 'arguments', uses: ['@.length', '@[0]'] })
    return params(w, 'p', 'q')
  })
  const strict = form === 1 && !w.isModule ? "'use strict'\n" : ''
  const head = [
    '(p, q) =>',
    'function (p, q)',
    'function named(p, q = () => p++)',
    '(p, { length: q = p } = []) =>',
    'function (p, q)',
    'function (p, q)',
  ][form]
  const inside =
    form === 4
      ? `for (const each of [1]) { ${text}\nreturn ${handed} }`
      : form === 5
        ? `try { throw [p, q] } catch ([p, q]) { ${text}\nreturn ${handed} }`
        : `${strict}${text}\nreturn ${handed}`
  const calls = twice
    ? `{ one: ${outside}(${given[0]}, 2), two: ${outside}(${given[1]}) }`
    : `${outside}(${given.join(', ')})`
  return `const ${outside} = ${head} {\n${inside}\n}\nconst ${name} = ${calls}`
}

/** Closures of a loop: each has variables of its own. */
export function loop(w: Writer, piece: Piece): string {
  const name = w.name('w')
  const form = w.pick(5)
  const i = w.fresh('i')
  const { text, handed } = inner(w, piece, [`${name}[0]`, `${name}[1]`], false, () => params(w, i))
  const head = [
    `for (let ${i} = 0; ${i} < 2; ${i}++)`,
    `for (let ${i} of [3, 4])`,
    `for (let ${i} in { 5: 0, 6: 0 })`,
    `for (let [, ${i}] of new Map([[0, 1], [1, 2]]))`,
    `for (let ${i} = 0, more = () => ${i}; ${i} < 2; ${i} += num(more) - 10)`,
  ][form]
  return `const ${name} = []\n${head} {\n${text}\n${name}.push(${handed})\n}`
}

/** A block of another kind. */
export function block(w: Writer, piece: Piece): string {
  const name = w.name('w')
  const form = w.pick(4)
  const first = w.safe()
  const i = w.fresh('i')
  const { text, handed } = inner(w, piece, [name], false, () => params(w, i))
  const inside = `${text}\n${name} = ${handed}`
  const whole = [
    `{ let ${i} = ${first}; ${inside} }`,
    `try { throw { ${i}: ${first} } } catch ({ ${i}, j = ${i} }) { ${inside} }`,
    `switch (1) { case 0: { break } case 1: let ${i} = ${first}; ${inside} }`,
    `here: { let ${i} = ${first}; if (${i} === '') break here; ${inside} }`,
  ][form]
  return `let ${name}\n${whole}`
}

/** A static block, a field, or a default of a class, a generator, or text that is evaluated. */
export function strange(w: Writer, piece: Piece): string {
  const name = w.name('w')
  const form = w.pick(5)
  const first = w.safe()
  const i = w.fresh('i')
  const { text, handed } = inner(w, piece, [name], true, () => {
    w.hide('this', 'arguments', 'new.target')
    return params(w, i)
  })
  const inside = `let ${i} = ${first}\n${text}`
  return [
    `let ${name}\nclass In${name} { static #secret = 1; static { ${inside}\n${name} = ${handed} } }`,
    `const ${name} = [...(function* () { ${inside}\nyield ${handed} })()][0]`,
    `const ${name} = new (class { #n = 1; get() { ${inside}\nreturn ${handed} } })().get()`,
    `const ${name} = (({ ...${i} }) => { ${text}\nreturn ${handed} })({ is: ${first} })`,
    `const ${name} = { get it() { ${inside}\nreturn ${handed} } }.it`,
  ][form] as string
}
