import type { Base } from './base.ts'
import type { Callable } from './captured.ts'
import * as own from './captured.ts'
import { searchBase, toldBase, weakBase } from './encode-anew.ts'
import { bufferBase, dataViewBase, typedArrayBase } from './encode-binary.ts'
import { classId, isOrdinary } from './encode-class.ts'
import { argumentsBase, arrayBase, stringBase } from './encode-elements.ts'
import { promiseBase } from './encode-inside.ts'
import { CONTENTS, type Encoding, HEADER } from './encoding.ts'
import { errorKinds } from './error-kinds.ts'
import { isTold } from './hidden-state.ts'
import { refuseOrdinary, refuseOther } from './refusals.ts'
import * as tag from './tags.ts'

/** The base of an object that is no plain one. Throws for those that can't travel. */
export function baseOf(encoding: Encoding, object: object, prototype: object | null): Base {
  if (isOrdinary(object)) return ordinaryBase(encoding, object, prototype)
  if (own.isArray(object)) return arrayBase
  if (own.isMap(object)) return mapBase
  if (own.isSet(object)) return setBase
  if (own.isDate(object)) return dateBase
  if (own.isView(object)) return own.view.kind(object) === undefined ? dataViewBase : typedArrayBase(object)
  if (own.isAnyArrayBuffer(object)) return bufferBase(object)
  if (encoding.level === 2) encoding.refuse(object, 'fastSerialization: 2 takes plain data only')
  if (own.isNativeError(object)) return specialBase(encoding, object, prototype) ?? errorBase(prototype)
  if (own.isRegExp(object)) return regexpBase
  if (own.isBoxedPrimitive(object)) return boxedBase(object)
  if (own.isArgumentsObject(object)) return argumentsBase(object, encoding.options.callees?.() === true)
  if (own.isPromise(object)) return promiseBase(encoding, object)
  return weakBase(encoding, object) ?? refuseOther(object)
}

function ordinaryBase(encoding: Encoding, object: object, prototype: object | null): Base {
  if (prototype === null || prototype === Object.prototype) return bareBase
  const base = specialBase(encoding, object, prototype)
  if (base !== undefined) return base
  refuseOrdinary(object, prototype)
  return bareBase
}

const bareBase: Base = {
  prototype: Object.prototype,
  write(encoding, _object, _depth, part) {
    if (part !== CONTENTS) encoding.byte(tag.BARE)
  },
}

/** An object that only its class can make. */
export function madeBase(encoding: Encoding, object: object, maker: Callable): Base {
  const id = classId(encoding, object, maker)
  return {
    prototype: own.getOwnPropertyDescriptor(maker, 'prototype')?.value as object,
    write(to, _object, _depth, part) {
      if (part !== CONTENTS) to.tagged(tag.HIDDEN, id)
    },
  }
}

const mapBase: Base = {
  prototype: Map.prototype,
  write(encoding, map, depth, part) {
    if (part !== CONTENTS) encoding.tagged(tag.MAP, own.map.size(map))
    if (part === HEADER) return
    own.map.forEach(map, (value, key) => {
      encoding.value(key, depth + 1)
      encoding.value(value, depth + 1)
    })
  },
}

const setBase: Base = {
  prototype: Set.prototype,
  write(encoding, set, depth, part) {
    if (part !== CONTENTS) encoding.tagged(tag.SET, own.set.size(set))
    if (part === HEADER) return
    own.set.forEach(set, value => encoding.value(value, depth + 1))
  },
}

const dateBase: Base = {
  prototype: Date.prototype,
  write(encoding, date, _depth, part) {
    if (part === CONTENTS) return
    encoding.byte(tag.DATE)
    encoding.double(own.dateTime(date))
  },
}

const regexpBase: Base = {
  prototype: RegExp.prototype,
  implied: (regexp, key) => key === 'lastIndex' && own.getOwnPropertyDescriptor(regexp, key)?.writable === true,
  write(encoding, regexp, depth, part) {
    if (part !== CONTENTS) {
      encoding.byte(tag.REGEXP)
      encoding.string(own.regexp.source(regexp))
      let flags = ''
      for (const [flag, isSet] of Object.entries(own.regexp.flag)) if (isSet(regexp)) flags += flag
      encoding.string(flags)
    }
    if (part !== HEADER) encoding.value(own.getOwnPropertyDescriptor(regexp, 'lastIndex')?.value, depth + 1)
  },
}

function boxedBase(box: object): Base {
  if (own.isStringObject(box)) return stringBase
  if (own.isNumberObject(box)) return primitiveBase(Number.prototype, own.unboxed.number(box))
  if (own.isBooleanObject(box)) return primitiveBase(Boolean.prototype, own.unboxed.boolean(box))
  if (own.isBigIntObject(box)) return primitiveBase(BigInt.prototype, own.unboxed.bigint(box))
  return primitiveBase(Symbol.prototype, own.unboxed.symbol(box))
}

function primitiveBase(prototype: object, primitive: unknown): Base {
  return {
    prototype,
    write(encoding, _box, depth, part) {
      if (part === CONTENTS) return
      encoding.byte(tag.BOXED)
      encoding.value(primitive, depth)
    },
  }
}

// Message, stack and cause are own properties, and travel as such.
function errorBase(prototype: object | null): Base {
  let kind = 0
  for (
    let above = prototype;
    above !== null && !own.isProxy(above);
    above = own.getPrototypeOf(above) as object | null
  ) {
    const index = errorKinds.findIndex(each => each.prototype === above)
    if (index < 0) continue
    kind = index
    break
  }
  return {
    prototype: (errorKinds[kind] as ErrorConstructor).prototype,
    write(encoding, _object, _depth, part) {
      if (part === CONTENTS) return
      encoding.byte(tag.ERROR)
      encoding.byte(kind)
    },
  }
}

// Classes of Node whose state is private, but which their own methods can tell whole.
function specialBase(encoding: Encoding, object: object, prototype: object | null): Base | undefined {
  for (let above: object | null = prototype; above !== null && !own.isProxy(above); above = own.getPrototypeOf(above)) {
    if (above === URL.prototype) return urlBase
    if (above === URLSearchParams.prototype) return searchBase(encoding, object)
    if (above === DOMException.prototype) return domExceptionBase
    if (isTold(above)) return toldBase(object, above)
  }
  return undefined
}

const urlBase: Base = {
  prototype: URL.prototype,
  write(encoding, url, _depth, part) {
    if (part === CONTENTS) return
    encoding.byte(tag.URL_OBJECT)
    encoding.string(own.urlText(url))
  },
}

const domExceptionBase: Base = {
  prototype: DOMException.prototype,
  write(encoding, exception, _depth, part) {
    if (part === CONTENTS) return
    encoding.byte(tag.DOM_EXCEPTION)
    encoding.string(own.domException.message(exception))
    encoding.string(own.domException.name(exception))
  },
}
