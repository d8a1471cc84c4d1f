import * as own from './captured.ts'
import { bufferBase, dataViewBase, typedArrayBase } from './encode-binary.ts'
import { isOrdinary } from './encode-class.ts'
import { argumentsBase, arrayBase, stringBase } from './encode-elements.ts'
import { encodeValue } from './encode.ts'
import { CONTENTS, type Encoding, HEADER, type Part } from './encoding.ts'
import { errorKinds } from './error-kinds.ts'
import { refuseOrdinary, refuseOther } from './refusals.ts'
import * as tag from './tags.ts'

/** 0 extensible, 1 not, 2 sealed, 3 frozen. */
export type Integrity = 0 | 1 | 2 | 3

/** A kind of object, as the receiver creates it before it is dressed. */
export interface Base {
  /** What the receiver's creation gives it. */
  readonly prototype: object
  /** Own properties that come with it or with its contents. Absent: none. */
  readonly implied?: (object: object, key: PropertyKey, integrity: Integrity) => boolean
  /** Its own keys, where listing all of them would be dear. */
  readonly keys?: (object: object) => PropertyKey[]
  readonly write: (encoding: Encoding, object: object, depth: number, part: Part, integrity: Integrity) => void
}

/** The base of an object that is no plain one. Throws for those that can't travel. */
export function baseOf(encoding: Encoding, object: object, prototype: object | null): Base {
  if (isOrdinary(object)) {
    if (prototype === null || prototype === Object.prototype) return bareBase
    return specialBase(object, prototype) ?? refuseOrdinary(object, prototype) ?? bareBase
  }
  if (own.isArray(object)) return arrayBase
  if (own.isMap(object)) return mapBase
  if (own.isSet(object)) return setBase
  if (own.isDate(object)) return dateBase
  if (own.isView(object)) return own.view.kind(object) === undefined ? dataViewBase : typedArrayBase(object)
  if (own.isAnyArrayBuffer(object)) return bufferBase(object)
  if (encoding.level === 2) encoding.refuse(object, 'fastSerialization: 2 takes plain data only')
  if (own.isNativeError(object)) return specialBase(object, prototype) ?? errorBase(prototype)
  if (own.isRegExp(object)) return regexpBase
  if (own.isBoxedPrimitive(object)) return boxedBase(object)
  if (own.isArgumentsObject(object)) return argumentsBase
  return refuseOther(object)
}

const bareBase: Base = {
  prototype: Object.prototype,
  write(encoding, _object, _depth, part) {
    if (part !== CONTENTS) encoding.byte(tag.BARE)
  },
}

const mapBase: Base = {
  prototype: Map.prototype,
  write(encoding, map, depth, part) {
    if (part !== CONTENTS) encoding.tagged(tag.MAP, own.map.size(map))
    if (part === HEADER) return
    own.map.forEach(map, (value, key) => {
      encodeValue(encoding, key, depth + 1)
      encodeValue(encoding, value, depth + 1)
    })
  },
}

const setBase: Base = {
  prototype: Set.prototype,
  write(encoding, set, depth, part) {
    if (part !== CONTENTS) encoding.tagged(tag.SET, own.set.size(set))
    if (part === HEADER) return
    own.set.forEach(set, (value) => encodeValue(encoding, value, depth + 1))
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
    if (part !== HEADER) encodeValue(encoding, own.getOwnPropertyDescriptor(regexp, 'lastIndex')?.value, depth + 1)
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
      encodeValue(encoding, primitive, depth)
    },
  }
}

// Message, stack and cause are own properties, and travel as such.
function errorBase(prototype: object | null): Base {
  let kind = 0
  for (let above = prototype; above !== null && !own.isProxy(above); above = own.getPrototypeOf(above) as object | null) {
    const index = errorKinds.findIndex((constructor) => constructor.prototype === above)
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
function specialBase(object: object, prototype: object | null): Base | undefined {
  for (let above: object | null = prototype; above !== null && !own.isProxy(above); above = own.getPrototypeOf(above)) {
    if (above === URL.prototype) return textBase(URL.prototype, tag.URL_OBJECT, () => own.urlText(object))
    if (above === URLSearchParams.prototype) {
      return textBase(URLSearchParams.prototype, tag.URL_SEARCH, () => own.searchText(object))
    }
    if (above === DOMException.prototype) return domExceptionBase
  }
  return undefined
}

function textBase(prototype: object, first: number, text: () => string): Base {
  return {
    prototype,
    write(encoding, _object, _depth, part) {
      if (part === CONTENTS) return
      encoding.byte(first)
      encoding.string(text())
    },
  }
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
