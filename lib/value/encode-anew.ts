import type { Base } from './base.ts'
import * as own from './captured.ts'
import { messageOf } from './encode-class.ts'
import { CONTENTS, type Encoding } from './encoding.ts'
import { toldOf } from './hidden-state.ts'
import { type Inside, wrappers } from './inside.ts'
import { MAX_NESTED } from './limits.ts'
import * as tag from './tags.ts'

/**
 * Objects of built-in classes that are made anew there, whole, by what the receiver has itself: a class that is given
 * data, or a getter of another object.
 */

/** What `url.searchParams` gives, which changes the URL. */
const SEARCH_OF = 'URL.prototype.searchParams (get)'

/** Parameters that are a URL's travel as such, also where the URL comes after them. */
export function searchBase(encoding: Encoding, search: object): Base {
  const inside = insideOf(encoding, search)
  if (inside?.kind === 'search') return anewBase(URLSearchParams.prototype, SEARCH_OF, inside.of)
  return {
    prototype: URLSearchParams.prototype,
    write(to, _search, _depth, part) {
      if (part === CONTENTS) return
      to.byte(tag.URL_SEARCH)
      to.string(own.searchText(search))
    },
  }
}

/** An object that tells what its class was called with; undefined for what tells not all. */
export function toldBase(object: object, prototype: object): Base | undefined {
  const told = toldOf(object, prototype)
  return told && anewBase(prototype, told.by, told.text, told.implied)
}

/** A WeakMap or WeakSet, empty; undefined where it is not to travel. */
export function weakBase(encoding: Encoding, weak: object): Base | undefined {
  const isMap = own.isWeakMap(weak)
  if ((!isMap && !own.isWeakSet(weak)) || encoding.options.weak?.(weak) !== true) return undefined
  return isMap ? anewBase(WeakMap.prototype, 'WeakMap', '[]') : anewBase(WeakSet.prototype, 'WeakSet', '[]')
}

/** @param of an object, or what the class is called with, as JSON */
function anewBase(prototype: object, by: string, of: unknown, implied?: Base['implied']): Base {
  return {
    prototype,
    ...(implied && { implied }),
    write(encoding, object, _depth, part) {
      if (part === CONTENTS) return
      enter(encoding, object)
      encoding.byte(tag.WRAPPED)
      encoding.byte(wrappers.indexOf('built-in'))
      encoding.varint(2)
      encoding.string(by)
      encoding.value(of, MAX_NESTED)
      encoding.chain--
    },
  }
}

export function insideOf(encoding: Encoding, object: object): Inside | undefined {
  if (encoding.level === 2) return undefined
  try {
    return encoding.options.inside?.(object)
  } catch (cause) {
    encoding.refuse(object, messageOf(cause), undefined, cause)
  }
}

/** A chain of what must be whole at once is written by as many calls within each other. */
export function enter(encoding: Encoding, culprit: object): void {
  if (++encoding.chain > MAX_NESTED) {
    encoding.refuse(culprit, `more than ${MAX_NESTED} bound functions and proxies hold one another`)
  }
}
