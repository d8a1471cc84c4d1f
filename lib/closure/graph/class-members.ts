import type { Class } from 'acorn'
import type { Callable } from '../../value/captured.ts'
import { functionText } from '../../value/captured.ts'
import { idOfOwn, type MemberPart, memberPart } from '../bundle-format.ts'
import type { CaptureError } from '../capture-error.ts'
import { ownClass } from '../nodes/surrounding-class.ts'
import { classOfMember, keyOfMember, type Member, memberText } from '../source/class-code.ts'
import type { FunctionCode } from '../source/function-code.ts'

/** Where a function comes from that the text of a class makes: the receiver takes it from there. */
export interface MemberPlace {
  /** The id of the class. */
  readonly of: number
  readonly part: MemberPart
  readonly key: string | symbol
}

/** A class that travels, or that the receiver has. */
export interface Admitted {
  readonly fn: Callable
  readonly id: number
  readonly code: FunctionCode
  readonly keys: readonly (string | symbol)[]
}

/**
 * A method is made with its class, once. One that was also captured as a value must be that of the class there, else
 * it would be a second function. It may be met before its class is: then it is a function of its own until that comes.
 */
export class ClassMembers {
  readonly #classes = new Map<object, Admitted[]>()
  readonly #alone = new Map<object, Map<Callable, FunctionCode>>()
  /** Of those alone: their texts mean something inside of their classes only. */
  readonly refused = new Map<Callable, { readonly code: FunctionCode; readonly refusal: CaptureError }>()
  readonly #prototypes = new Map<object, Callable>()
  #isLast = false

  /** The class that travels and has this prototype, whatever that says of its constructor. */
  ownerOf(prototype: object): Callable | undefined {
    return this.#prototypes.get(prototype)
  }
  readonly #elsewhere: (node: object) => readonly Admitted[]

  /** @param elsewhere the classes made from a text that the receiver has */
  constructor(elsewhere: (node: object) => readonly Admitted[]) {
    this.#elsewhere = elsewhere
  }

  /** Undefined for what no class makes of those that travel so far. */
  find(fn: Callable, code: FunctionCode): MemberPlace | undefined {
    const found = code.syntax.ofClass ? classOfMember(code) : undefined
    if (found === undefined) return undefined
    const { node, member } = found
    const classes = this.#classes.get(node) ?? [...this.#elsewhere(node)]
    if (classes.length > 0) this.#classes.set(node, classes)
    for (const admitted of classes) {
      const place = placeIn(admitted, fn, member)
      if (place !== undefined) return place
    }
    const alone = this.#alone.get(node) ?? new Map<Callable, FunctionCode>()
    this.#alone.set(node, alone.set(fn, code))
    return undefined
  }

  /** Whether a function that the text of a class makes travels as one of its own. */
  hasAlone(node: object): boolean {
    return (this.#alone.get(node)?.size ?? 0) > 0
  }

  /** A function whose text can't stand alone is refused, unless its class is yet to come. */
  wait(fn: Callable, code: FunctionCode, refusal: CaptureError): void {
    if (this.#isLast || !code.syntax.ofClass) throw refusal
    this.refused.set(fn, { code, refusal })
  }

  /** Takes in the classes of the methods that wait, as far as they can be told. False when none came. */
  fetch(admit: (owner: Callable, use: 'value') => unknown): boolean {
    const waiting = [...this.refused]
    for (const [fn, { code }] of waiting) {
      const owner = ownClass(fn, code)
      if (owner !== undefined) admit(owner, 'value')
    }
    return waiting.length > this.refused.size
  }

  /** From now on no class is waited for. True when one was. */
  waitNoMore(): boolean {
    const waited = this.refused.size > 0
    this.#isLast ||= waited
    this.refused.clear()
    return waited
  }

  /** Takes a class in. Gives the functions that were met before and turn out to be of it. */
  admit(admitted: Admitted): (readonly [fn: Callable, place: MemberPlace])[] {
    const { node } = admitted.code.syntax
    const prototype: unknown = Object.getOwnPropertyDescriptor(admitted.fn, 'prototype')?.value
    if (typeof prototype === 'object' && prototype !== null) this.#prototypes.set(prototype, admitted.fn)
    this.#classes.set(node, [...(this.#classes.get(node) ?? []), admitted])
    const found: (readonly [Callable, MemberPlace])[] = []
    const alone = this.#alone.get(node)
    for (const [fn, code] of alone ?? []) {
      const place = placeIn(admitted, fn, (classOfMember(code) as { member: Member }).member)
      if (place === undefined) continue
      alone?.delete(fn)
      this.refused.delete(fn)
      found.push([fn, place])
    }
    return found
  }
}

/** Whether the receiver has the class that makes a function. */
export function isElsewhere(place: MemberPlace | undefined): boolean {
  return place !== undefined && place.of % idOfOwn(1) !== 0
}

/**
 * By what stands on the class now. What a program put another function in the place of, as a decorator does, is the
 * class's too where its text ran but once.
 */
function placeIn({ fn: owner, id, code, keys }: Admitted, fn: Callable, member: Member): MemberPlace | undefined {
  const { syntax, script } = code
  const key = keyOfMember(syntax.node as Class, script.source, member, keys)
  if (key === undefined || member.type !== 'MethodDefinition') return undefined
  const holder: unknown = member.static ? owner : Object.getOwnPropertyDescriptor(owner, 'prototype')?.value
  const part = member.kind === 'get' || member.kind === 'set' ? member.kind : 'value'
  const there: unknown = Object.getOwnPropertyDescriptor(holder, key)?.[part]
  const isOther = typeof there === 'function' && functionText(there) === memberText(member, script.source)
  if (there !== fn && (isOther || !syntax.once)) return undefined
  return { of: id, part: memberPart(part, member.static), key }
}
