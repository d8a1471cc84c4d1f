import type { AnyNode } from 'acorn'
import type { Callable } from '../../value/captured.ts'
import { functionText } from '../../value/captured.ts'
import { CaptureError } from '../capture-error.ts'
import { partOfClass } from '../source/class-code.ts'
import type { FunctionCode } from '../source/function-code.ts'
import { homeOf, homesAround } from '../source/heap-contexts.ts'
import { lexicalValue } from '../source/lexical-value.ts'
import { placeOf } from '../source/script.ts'
import { textWords } from '../words.ts'
import { displayName } from './function-name.ts'
import { surroundingClass } from './surrounding-class.ts'

/**
 * What `super` means in a function that travels without what gives it its meaning: nothing where it uses none. Of a
 * method of an object literal, what that object inherits from; of an arrow function also the `this` that it looks from.
 * @throws {CaptureError} where that can't be told
 */
export function superValues(fn: Callable, code: FunctionCode): readonly unknown[] {
  if (code.usesHome) return [above(homeOf(fn), fn, code)]
  if (code.superFrom === undefined) return []
  const self = lexicalValue(fn, code, 'this')
  if (self === undefined || Object(self.value) !== self.value) {
    const what = self === undefined ? 'which can’t be read' : 'which is no object'
    throw refusal(fn, code, `it uses \`super\` with the \`this\` of the function around it, ${what}`)
  }
  return [above(homeAround(fn, code, code.superFrom), fn, code), self.value]
}

function homeAround(fn: Callable, code: FunctionCode, owner: object): object | undefined {
  const part = partOfClass(code.script, owner)
  if (part === undefined) return homesAround(fn).find(home => holds(home, code, owner as AnyNode))
  const made = surroundingClass(fn, code, part.node)
  const isStatic = part.member.type === 'StaticBlock' || part.member.static
  return isStatic ? made : (Object.getOwnPropertyDescriptor(made, 'prototype')?.value as object)
}

/** Whether an object was made by the literal that the method stands in: by a method of that text. */
function holds(home: object, { script }: FunctionCode, { start, end }: AnyNode): boolean {
  const method = script.names.functions.find(it => it.node.start === start && it.node.end === end)
  const text = method && script.source.slice(method.start, method.end)
  return Reflect.ownKeys(home).some(key => {
    const { value, get, set } = Object.getOwnPropertyDescriptor(home, key) as PropertyDescriptor
    return [value, get, set].some(part => typeof part === 'function' && functionText(part) === text)
  })
}

function above(home: object | undefined, fn: Callable, code: FunctionCode): unknown {
  if (home !== undefined) return Object.getPrototypeOf(home)
  throw refusal(fn, code, 'it uses `super` of an object that can’t be told, as the heap is too large to look')
}

function refusal(fn: Callable, { script, start }: FunctionCode, why: string): CaptureError {
  return new CaptureError(why, { path: [displayName(fn)], place: placeOf(script, start), hint: textWords.super.hint })
}
