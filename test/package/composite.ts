/**
 * One program with everything that closures can capture, as a user would write it for each way to run code. What it
 * prints must be the same everywhere.
 */

/** How a file of the program is written. */
export interface Dialect {
  readonly modules: 'esm' | 'cjs'
  readonly typed: boolean
  /** Of the program's own file that it imports. */
  readonly local: string
}

/** The program; it calls `told(text)` with what came of it, or prints that. */
export function program(dialect: Dialect, told = 'console.log'): string {
  return `${imports(dialect)}
${dialect.typed ? 'type Row = { readonly v: number }' : ''}
const mark = Symbol('mark')
let count = 0
const up = () => ++count
const read = () => count
const table = new Map${dialect.typed ? '<string, unknown>' : ''}([['k', { v: 1 }]])
table.set('self', table)
class Shape extends Base {
  static made = 2
  name = 's'
  get label() {
    return \`\${super.label}<\${this.name}>\`
  }
  lexical() {
    return () => this.name + [1].map(() => this.label)[0]
  }
}
class Safe extends Shape {
  #secret = 7
  reveal() {
    return this.#secret
  }
}
Shape.made++
const shape = new Shape()
const lexical = shape.lexical()
function* numbers() {
  yield 1
  yield* [2, 3]
}
async function* ticks() {
  for (const tick of numbers()) yield await tick
}
const tag = (parts${any(dialect)}, ...values${any(dialect)}) => parts.raw.join('|') + values.join()
const holder = {
  [mark]: mark,
  when: new Date(0),
  frozen: Object.freeze([1]),
  n: 4,
  get twice() {
    return 2 * this.n
  },
}
const { max } = Math
const voice = new Voice('v')
const composite = async (x${dialect.typed ? ': number' : ''}) => {
  const ticked = []
  for await (const tick of ticks()) ticked.push(tick)
  bump()
  return {
    imports: [join('a', 'b'), os.EOL, shout('x'), voice.say(), voice instanceof Voice, local(2), bump(), readBumps()],
    shared: [up(), up(), read()],
    classes: [shape.label, new Safe().reveal(), Shape.made, shape instanceof Base, lexical()],
    values: [table.get('self') === table, holder[mark] === mark, holder.when.getTime(), Object.isFrozen(holder.frozen), holder.twice],
    functions: [ticked, tag\`a\${x}b\`, max(1, x), composite.name, typeof composite],
    made: new Shape(),
  }
}
const main = async () => {
  const jid = await cloud.mp.call(composite, 5)
  const { made, ...rest } = await cloud.mp.result(jid)
  await cloud.mp.close()
  ${told}(JSON.stringify({ ...rest, here: [made instanceof Shape, made.label, count, readBumps()] }))
}
main()${dialect.typed ? ' satisfies Promise<void>' : ''}
`
}

/** What it prints. */
export const printed = {
  imports: ['a/b', '\n', 'x!', 'v!', true, 12, 2, 2],
  shared: [1, 2, 2],
  classes: ['base<s>', 7, 3, true, 'sbase<s>'],
  values: [true, true, 0, true, 8],
  functions: [[1, 2, 3], 'a|b5', 5, 'composite', 'function'],
  here: [true, 'base<s>', 0, 0],
}

function any({ typed }: Dialect): string {
  return typed ? ': any' : ''
}

function imports({ modules, local }: Dialect): string {
  const names = [
    ['{ join }', '{ join }', 'node:path'],
    ['* as os', 'os', 'node:os'],
    ['{ shout, Voice }', '{ shout, Voice }', 'loud'],
    ['{ Base, bump, local, readBumps }', '{ Base, bump, local, readBumps }', local],
  ] as const
  const lines = names.map(([esm, cjs, from]) =>
    modules === 'esm' ? `import ${esm} from '${from}'` : `const ${cjs} = require('${from}')`,
  )
  const cloud = modules === 'esm' ? "import cloud from 'picloud'" : "const cloud = require('picloud').default"
  return [cloud, ...lines].join('\n')
}

/** The file of the user's that it imports. */
export function localFile({ modules, typed }: Dialect): string {
  const text = `
const factor${typed ? ': number' : ''} = 10
let bumps = 0
const local = (x${typed ? ': number' : ''}) => x + factor
const bump = () => ++bumps
const readBumps = () => bumps
class Base {
  get label() {
    return 'base'
  }
}
`
  const names = '{ Base, bump, local, readBumps }'
  return modules === 'esm' ? `${text}export ${names}\n` : `${text}module.exports = ${names}\n`
}

/** The package that it imports, by path. */
export const packageFiles: Readonly<Record<string, string>> = {
  'node_modules/loud/package.json': JSON.stringify({
    name: 'loud',
    version: '1.0.0',
    exports: { import: './index.mjs', require: './index.cjs' },
  }),
  'node_modules/loud/index.mjs': `
    export const shout = text => text + '!'
    export class Voice { constructor(name) { this.name = name } say() { return shout(this.name) } }`,
  'node_modules/loud/index.cjs': `
    const shout = text => text + '!'
    exports.shout = shout
    exports.Voice = class Voice { constructor(name) { this.name = name } say() { return shout(this.name) } }`,
}
