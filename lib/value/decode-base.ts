import * as own from './captured-base.ts'
import { decodeIntrinsic } from './decode-dressed.ts'
import { decodePromise, decodeWhole } from './decode-inside.ts'
import { decodeFunction } from './decode-object.ts'
import { type Decoding, PENDING } from './decoding.ts'
import { errorKinds } from './error-kinds.ts'
import * as tag from './tags.ts'

/** The less common values. */
export function decodeBase(decoding: Decoding, first: number, depth: number): unknown {
  switch (first) {
    case tag.FUNCTION:
      return decodeFunction(decoding)
    case tag.FOREIGN:
      return decodeForeign(decoding)
    case tag.INTRINSIC:
      return numberedObject(decoding, decodeIntrinsic(decoding))
    case tag.SYMBOL_REGISTERED:
      return Symbol.for(decoding.string())
    case tag.SYMBOL_KNOWN:
      return decodeKnownSymbol(decoding)
    case tag.SYMBOL_UNIQUE:
      return decodeUniqueSymbol(decoding)
    case tag.BARE:
      return numbered(decoding, {})
    case tag.DATE:
      return numbered(decoding, new Date(decoding.double()))
    case tag.ERROR:
      return decodeError(decoding)
    case tag.REGEXP:
      return decodeRegExp(decoding, depth)
    case tag.BOXED:
      return decodeBoxed(decoding)
    case tag.HIDDEN:
      return decodeHidden(decoding)
    case tag.BOUND:
    case tag.PROXY:
    case tag.WRAPPED:
      return decodeWhole(decoding, first)
    case tag.PROMISE:
      return decodePromise(decoding, depth)
    case tag.ARGUMENTS:
      return decodeArguments(decoding, depth, argumentsOf)
    case tag.SLOPPY_ARGUMENTS:
      return decodeArguments(decoding, depth, Function('return arguments') as typeof argumentsOf)
    case tag.URL_OBJECT:
      return numbered(decoding, new URL(decoding.string()))
    case tag.URL_SEARCH:
      return numbered(decoding, new URLSearchParams(decoding.string()))
    case tag.DOM_EXCEPTION:
      return numbered(decoding, new DOMException(decoding.string(), decoding.string()))
    default:
      return decoding.at > decoding.end ? decoding.endsEarly() : decoding.refuse(`it has an unknown tag ${first}`)
  }
}

function numbered<T>(decoding: Decoding, object: T): T {
  decoding.objects.push(object)
  return object
}

function numberedObject(decoding: Decoding, intrinsic: object): object {
  if (typeof intrinsic === 'object') decoding.objects.push(intrinsic)
  return intrinsic
}

function decodeForeign(decoding: Decoding): unknown {
  const number = decoding.objects.length
  decoding.objects.push(PENDING)
  const { foreign } = decoding.options
  if (foreign === undefined) decoding.refuse('it holds a stand-in, and none are taken here')
  if (decoding.isLater) decoding.refuse('it puts off a stand-in')
  const object = foreign(decoding.value(0))
  decoding.objects[number] = object
  return object
}

function decodeKnownSymbol(decoding: Decoding): symbol {
  const name = decoding.string()
  const symbol: unknown = own.getOwnPropertyDescriptor(Symbol, name)?.value
  return typeof symbol === 'symbol'
    ? symbol
    : decoding.refuse(`it refers to Symbol.${name}, which this Node does not have`)
}

function decodeUniqueSymbol(decoding: Decoding): symbol {
  const description = decoding.value(0)
  if (description !== undefined && typeof description !== 'string')
    decoding.refuse('it has a symbol with an odd description')
  return numbered(decoding, Symbol(description))
}

function decodeError(decoding: Decoding): Error {
  const kind = errorKinds[decoding.byte()] ?? decoding.refuse('it has an error of an unknown kind')
  const error = kind === (AggregateError as unknown) ? new AggregateError([]) : new kind()
  for (const key of own.ownKeys(error)) Reflect.deleteProperty(error, key)
  return numbered(decoding, error)
}

function decodeRegExp(decoding: Decoding, depth: number): RegExp {
  const regexp = new RegExp(decoding.string(), decoding.string())
  decoding.objects.push(regexp)
  const fill = (level: number) => {
    regexp.lastIndex = decoding.value(level) as number
  }
  if (decoding.isLater) decoding.putOff(() => fill(1))
  else fill(depth + 1)
  return regexp
}

function decodeHidden(decoding: Decoding): object {
  const maker = decodeFunction(decoding)
  return numbered(decoding, decoding.reveal.create(maker))
}

function decodeBoxed(decoding: Decoding): object {
  const number = decoding.objects.length
  decoding.objects.push(PENDING)
  const primitive = decoding.value(0)
  const box = Object(primitive) as object
  if (primitive === null || primitive === undefined || box === primitive)
    decoding.refuse('it boxes something that is no primitive')
  decoding.objects[number] = box
  return box
}

/** Arguments of one call; V8's stack holds about 100,000. */
const MAX_ARGUMENTS = 10_000

function decodeArguments(decoding: Decoding, depth: number, make: typeof argumentsOf): object {
  const count = decoding.count()
  if (count > MAX_ARGUMENTS) decoding.refuse(`it has an arguments object of ${count}`)
  const list = numbered(decoding, make(...new Array<undefined>(count)))
  const fill = (level: number) => {
    for (let index = 0; index < count; index++) list[index] = decoding.value(level)
  }
  if (decoding.isLater) decoding.putOff(() => fill(1))
  else fill(depth + 1)
  return list
}

function argumentsOf(..._values: undefined[]): Record<number, unknown> {
  // biome-ignore lint/complexity/noArguments: an arguments object is what is wanted
  return arguments as never
}
