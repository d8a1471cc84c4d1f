import {
  INHERIT,
  INSIDE_NOW,
  KEYS,
  LATE,
  LATE_WEAK,
  MADE,
  PRIVATE,
  SUPERCLASS,
  VALUES,
  WITH,
} from '../bundle-format.ts'
import type { FunctionNode } from '../names/scope.ts'
import { expressionOf, type FunctionCode } from '../source/function-code.ts'
import { lineStartsOf } from '../source/line-ends.ts'
import { hidesState, privateMembers, privateProlog } from '../source/private-members.ts'
import type { CodeScope } from '../variables/instances.ts'
import { Positions } from './positions.ts'

/** A function of a scope, and the name that its text gives it there. */
export interface Member {
  readonly member: number
  readonly code: FunctionCode
  readonly name: string
  /** Of a class: the scope inside of its text, where functions stand that use its private names. */
  body: Factory | undefined
}

/** A scope of the emitted script, in its place in the tree. */
export interface Factory {
  readonly of: CodeScope
  readonly number: number
  readonly parent: Factory | undefined
  /** It stands inside of the text of a class. */
  readonly isBody: boolean
  readonly children: Factory[]
  /** By the texts that they are made from. */
  readonly members: Map<FunctionNode, Member>
}

/** Writes the emitted script, and notes where each function's text comes to stand. */
export class ScriptWriter {
  text = ''
  readonly positions = new Positions()
  #line = 1

  #write(text: string): void {
    this.text += text
    this.#line += lineStartsOf(text).length - 1
  }

  factory({ of, children, members }: Factory, declarations = ''): void {
    const isWith = of.scope?.ofWith === true
    // The names of its slots are no variables.
    const names = isWith ? [] : of.slots.filter(name => !of.absent.has(name))
    this.#write(isWith ? `${WITH} => { with (${WITH}) {\n` : '() => {\n')
    if (of.script?.names.top.strict === true && of.scope?.parent === undefined) this.#write('"use strict"\n')
    // Not `let`: in sloppy code that may be a name itself.
    if (names.length > 0) this.#write(`var ${names.join(', ')}\n`)
    this.#write(`${declarations}return [`)
    this.#write(names.length === 0 ? '0' : setterText(of))
    this.#write(', [\n')
    for (const member of members.values()) this.#member(member)
    this.#write('], [\n')
    for (const child of children) {
      if (child.isBody) this.#write('0')
      else this.factory(child)
      this.#write(',\n')
    }
    this.#write(']]\n')
    // Never reached: to use them throws.
    if (of.absent.size > 0) this.#write(`let ${[...of.absent].join(', ')}\n`)
    this.#write(isWith ? '} }' : '}')
  }

  #member({ code, name, body }: Member): void {
    const { syntax, script } = code
    const strict = syntax.strict && !script.names.top.strict && syntax.kind !== 'class'
    const isMethod = syntax.kind === 'method' || syntax.kind === 'get' || syntax.kind === 'set'
    this.#write(makerText(code))
    if (strict) this.#write('{ "use strict"; return ')
    const key = JSON.stringify(name)
    if (code.superFrom !== undefined)
      this.#write(`new (class extends function () {} { constructor() { const ${MADE} = `)
    // An anonymous function takes the name of the property that it is put into.
    if (!isMethod) this.#write(`({ [${key}]: `)
    // The text starts a line of its own.
    this.positions.add(code, this.#line + 1)
    this.#expression(expressionOf(code), body)
    if (!isMethod) this.#write(` })[${key}]`)
    if (code.superFrom !== undefined)
      this.#write(`; ${PRIVATE}(${MADE}, void 0, void 0, ${led}); return ${MADE} } })()`)
    this.#write(strict || isHiding(code) ? ' },\n' : ',\n')
  }

  /** What stands inside of a class comes before the bracket that ends its text. */
  #expression(text: string, body: Factory | undefined): void {
    if (body === undefined) return this.#write(text)
    const end = text.lastIndexOf('}')
    this.#write(`${text.slice(0, end)}; static { ${PRIVATE}(this, void 0, void 0, void 0, `)
    this.factory(body)
    this.#write(`) } ${text.slice(end)}`)
  }
}

/**
 * Gives an arrow function with `super` what that looks in, and the `this` that it looks for, by ending the constructor
 * that it was made in: later, as what `this` is may hold the function.
 */
const led = `([above, self]) => { ${INHERIT}(new.target, function () { return self }); super(); ${INHERIT}(new.target.prototype, above) }`

/** How the arrow function that makes a function begins. */
function makerText(code: FunctionCode): string {
  if (code.syntax.kind !== 'class' && !code.usesHome && code.superFrom === undefined) return '() => '
  const start = `(${SUPERCLASS}, ${KEYS}, ${PRIVATE}) => `
  if (!isHiding(code)) return start
  return `${start}{ ${privateProlog}; return `
}

function isHiding({ syntax }: FunctionCode): boolean {
  return syntax.kind === 'class' && hidesState(privateMembers(syntax.node as never))
}

/** Fills the scope's variables from a list in which those that nobody sees are missing. */
function setterText({ slots, absent }: CodeScope): string {
  let values = VALUES
  while (slots.includes(values)) values += '$'
  const parts = slots.flatMap((name, slot) => {
    if (name === LATE) return [`for (const it of ${values}[${slot}]) Reflect.defineProperty(...it)`]
    if (name === LATE_WEAK) return [`for (const it of ${values}[${slot}]) Reflect.apply(...it)`]
    const target = name.startsWith(INSIDE_NOW) ? propertyOfItself(name.slice(INSIDE_NOW.length)) : name
    return absent.has(name) ? [] : [`if (${slot} in ${values}) ${target} = ${values}[${slot}]`]
  })
  return `${values} => { ${parts.join('; ')} }`
}

/** How a variable that a package assigns is written: see `LiveBindings`. */
export function propertyOfItself(name: string): string {
  return `${name}.${name}`
}
