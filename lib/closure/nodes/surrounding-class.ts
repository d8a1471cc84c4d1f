import { types } from 'node:util'
import type { Class } from 'acorn'
import type { Callable } from '../../value/captured.ts'
import { functionText } from '../../value/captured.ts'
import { constructorOf } from '../../value/encode-class.ts'
import { CaptureError } from '../capture-error.ts'
import { classOfMember } from '../source/class-code.ts'
import type { FunctionCode } from '../source/function-code.ts'
import { madeAround } from '../source/heap-contexts.ts'
import { type LiveScope, lookInside } from '../source/inspector.ts'
import { lexicalValue } from '../source/lexical-value.ts'
import { answerFromPause, canPause } from '../source/paused-frame.ts'
import { privateMembers } from '../source/private-members.ts'
import { placeOf, type Script, syntaxAt } from '../source/script.ts'
import { textWords } from '../words.ts'
import { displayName } from './function-name.ts'
import type { OpenedClasses } from './opened-classes.ts'
import { accessTo } from './private-classes.ts'
import { mayReturnOther } from './private-fields.ts'

/**
 * The class in whose text a function was written. A text that is evaluated again makes another class, with other
 * private names; so what stands above the function's `this` counts where the text can't have run twice, or where the
 * function finds its own private names on what this class made. Else a snapshot of the heap tells.
 */

const known = new WeakMap<Callable, Map<Class, Callable>>()

/** @throws {CaptureError} where the class can't be told */
export function surroundingClass(fn: Callable, code: FunctionCode, node: Class): Callable {
  const before = known.get(fn)?.get(node)
  if (before !== undefined) return before
  const isIt = (other: Callable): boolean => isMadeFrom(other, node, code.script)
  const found = nearby(fn, code, node, isIt) ?? madeAround(fn, isIt)
  if (found === undefined) {
    throw new CaptureError('it uses `super` or a private name of a class around it that can’t be told', {
      path: [displayName(fn)],
      place: placeOf(code.script, code.start),
      hint: textWords.private.hint,
    })
  }
  const ofFunction = known.get(fn) ?? new Map<Class, Callable>()
  known.set(fn, ofFunction.set(node, found))
  return found
}

/** The class whose text made a method; undefined where it can't be told, or where it is not to be had by itself. */
export function ownClass(fn: Callable, code: FunctionCode): Callable | undefined {
  const found = classOfMember(code)
  if (found === undefined || found.member.key.type === 'PrivateIdentifier') return undefined
  try {
    return surroundingClass(fn, code, found.node)
  } catch (error) {
    if (error instanceof CaptureError) return undefined
    throw error
  }
}

interface Surrounded {
  readonly idOf: (owner: Callable, use: 'value') => unknown
  readonly opened: OpenedClasses
}

/** The classes whose private names a function uses, which travel too: it is made inside of their texts. */
export function ownersAround(fn: Callable, code: FunctionCode, { idOf, opened }: Surrounded): readonly Callable[] {
  return code.within.map(node => {
    const owner = surroundingClass(fn, code, node)
    const kind = (idOf(owner, 'value') as number) & 3
    if (kind > 0) opened.admit(owner, { node, script: code.script })
    if (kind < 2 || opened.closed.has(owner)) return owner
    throw new CaptureError(`it uses private names of ${displayName(owner)}, which was sent apart from it`, {
      path: [displayName(fn)],
      place: placeOf(code.script, code.start),
      hint: 'Send what holds it and the class in one: as captured variables, or as arguments.',
    })
  })
}

function isMadeFrom(fn: Callable, node: Class, script: Script): boolean {
  if (types.isProxy(fn) || functionText(fn) !== script.source.slice(node.start, node.end)) return false
  const { location } = lookInside(fn)
  if (location?.scriptId !== script.id) return false
  return syntaxAt(location, functionText(fn), displayName(fn)).start === node.start
}

/** By what the function sees: the `this` of an arrow function, and variables. */
function nearby(
  fn: Callable,
  code: FunctionCode,
  node: Class,
  isIt: (other: Callable) => boolean,
): Callable | undefined {
  const self = code.syntax.kind === 'arrow' ? lexicalValue(fn, code, 'this')?.value : undefined
  const [found, ...others] = classesOn(self).filter(isIt)
  const { isModule, names } = code.script
  const isOnlyOne = isModule && names.functions.some(it => it.once && it.node === node)
  if (isOnlyOne) return found ?? visible(lookInside(fn).scopes, isIt)
  return found !== undefined && others.length === 0 && isProven(fn, code, found, node, self as object)
    ? found
    : undefined
}

function visible(scopes: readonly LiveScope[], isIt: (other: Callable) => boolean): Callable | undefined {
  for (const { object, description } of scopes) {
    if (description === 'Global') continue
    for (const name of Object.keys(object)) {
      const found = classesOn(valueIn(object, name)).find(isIt)
      if (found !== undefined) return found
    }
  }
  return undefined
}

/** Undefined for a variable that is not initialised yet. */
function valueIn(variables: LiveScope['object'], name: string): unknown {
  try {
    return variables[name]
  } catch {
    return undefined
  }
}

/** The classes that an object is, or is below. */
function classesOn(self: unknown): Callable[] {
  const found: Callable[] = []
  let at: unknown = self
  while ((typeof at === 'object' && at !== null) || typeof at === 'function') {
    if (types.isProxy(at)) break
    const maker = typeof at === 'function' ? (at as Callable) : constructorOf(at)
    if (maker !== undefined) found.push(maker)
    at = Object.getPrototypeOf(at)
  }
  return found
}

/** Whether the private names that the function means are those of the class, by an object that has both. */
function isProven(fn: Callable, code: FunctionCode, found: Callable, node: Class, self: object): boolean {
  if (!canPause(code) || innermostAround(code) !== node) return false
  const { fields, methods, staticFields, staticMethods } = privateMembers(node)
  const [own] = [...fields, ...methods]
  const [ofClass] = [...staticFields, ...staticMethods]
  const sees = (name: string): boolean => answerFromPause(fn, frame => frame.read(`${name} in this`))?.value === true
  if (self === found) return ofClass !== undefined && sees(ofClass)
  if (own === undefined || (node.superClass && mayReturnOther(Object.getPrototypeOf(found) as Callable))) return false
  return accessTo(found)?.has(self) === true && sees(own)
}

function innermostAround({ script, start, end, syntax }: FunctionCode): object | undefined {
  return script.names.functions.findLast(
    it => it.kind === 'class' && it.start <= start && it.end >= end && it.node !== syntax.node,
  )?.node
}
