import { hash } from 'node:crypto'
import { Session } from 'node:inspector'
import { types } from 'node:util'

/**
 * The state that a function can reach: its variables, and everything below them, by descriptors and V8's own view. Reads
 * through a session of its own, so that it does not believe what it is to check. Two snapshots are equal when nothing
 * changed: neither a value nor which object stands where.
 */
export class Snapshots implements Disposable {
  readonly #ids = new Map<object, number>()
  readonly #session = new Session()
  readonly #slot: { subject: unknown; answer: unknown } = { subject: undefined, answer: undefined }
  readonly #slotId: string

  readonly #urls = new Map<string, string>()
  readonly #folder: string

  /** @param folder of which functions are followed: others are not the user's */
  constructor(folder: string) {
    this.#folder = folder
    this.#session.connect()
    this.#session.on('Debugger.scriptParsed', ({ params }) => this.#urls.set(params.scriptId, params.url))
    const key = '__snapshot_slot'
    Object.defineProperty(globalThis, key, { value: this.#slot, configurable: true })
    this.#slotId = this.#post<{ result: { objectId: string } }>('Runtime.evaluate', { expression: key }).result.objectId
    Reflect.deleteProperty(globalThis, key)
    // What belongs to the process is not followed: it changes by itself.
    this.#leave(globalThis, 3)
    // A getter gives it. Its list of modules grows with whatever of Node is used first.
    this.#leave(process, 2)
    for (const make of [async () => 0, function* () {}, async function* () {}])
      this.#leave(Object.getPrototypeOf(make), 3)
  }

  /** One line an object, in the order in which they are met. */
  of(root: object): string[] {
    const lines: string[] = []
    const met = new Set<object>()
    const open: object[] = [root]
    const show = (value: unknown): string => {
      if ((typeof value !== 'object' || value === null) && typeof value !== 'function') return shown(value)
      const known = this.#ids.get(value)
      const id = known ?? this.#ids.size
      if (known === undefined) this.#ids.set(value, id)
      if (!met.has(value) && !this.#left.has(value)) open.push(value)
      return `#${id}`
    }
    for (let object = open.pop(); object !== undefined; object = open.pop()) {
      if (met.has(object)) continue
      met.add(object)
      lines.push(`${show(object)} ${this.#describe(object, show)}`)
    }
    return lines
  }

  readonly #left = new Set<object>()

  #leave(object: object, depth: number): void {
    if (this.#left.has(object)) return
    this.#left.add(object)
    if (depth === 0) return
    for (const key of Reflect.ownKeys(object)) {
      const slot = Object.getOwnPropertyDescriptor(object, key)
      for (const part of [slot?.value, slot?.get, slot?.set] as unknown[]) {
        if ((typeof part === 'object' && part !== null) || typeof part === 'function') this.#leave(part, depth - 1)
      }
    }
    const above: unknown = Object.getPrototypeOf(object)
    if (above !== null) this.#leave(above as object, depth - 1)
  }

  #describe(object: object, show: (value: unknown) => string): string {
    const parts: string[] = []
    const inside = this.#inside(object)
    if (inside === undefined) return 'another’s function'
    if (!types.isProxy(object)) {
      parts.push(`proto ${show(Object.getPrototypeOf(object))}`, Object.isExtensible(object) ? '' : 'closed')
      const isLarge = ArrayBuffer.isView(object) && object.byteLength > MANY
      if (isLarge) parts.push(`bytes ${hash('sha256', bytesOf(object))}`)
      // Of more elements V8 gives no names.
      for (const key of isLarge ? Object.getOwnPropertySymbols(object) : Reflect.ownKeys(object))
        parts.push(property(object, key, show))
    }
    for (const [name, value] of inside) parts.push(`[[${name}]] ${show(value)}`)
    return parts.join(' ')
  }

  /** What V8 shows beyond properties: variables, private fields, entries, what a proxy or a bound function stands for. */
  #inside(object: object): [string, unknown][] | undefined {
    // V8 would run traps of the proxy to answer: only properties are looked at.
    if (inheritsFromProxy(object)) return []
    this.#slot.subject = object
    const { result } = this.#call(this.#slotId, 'function(){return this.subject}')
    const found: [string, unknown][] = []
    if (result.objectId === undefined) return found
    const { internalProperties = [], privateProperties = [] } = this.#post<Properties>('Runtime.getProperties', {
      objectId: result.objectId,
      ownProperties: true,
      nonIndexedPropertiesOnly: true,
    })
    if (typeof object === 'function' && !this.#isOurs(internalProperties)) return undefined
    for (const { name, value } of privateProperties) found.push([name, this.#local(value)])
    for (const { name, value } of internalProperties) {
      if (name === '[[Scopes]]') found.push(...this.#variables(value))
      else if (name === '[[Entries]]') found.push(...this.#entries(value))
      else if (name === '[[BoundArgs]]') {
        // V8 makes the list anew for each who asks.
        const args = this.#local(value) as readonly unknown[]
        found.push(...args.map((arg, at): [string, unknown] => [`argument ${at}`, arg]))
      } else if (followed.has(name)) found.push([name, this.#local(value)])
    }
    return found
  }

  #isOurs(internal: readonly Property[]): boolean {
    if (internal.some(({ name }) => name === '[[TargetFunction]]' || name === '[[Target]]')) return true
    const location = internal.find(({ name }) => name === '[[FunctionLocation]]')?.value?.value
    if (location === undefined) return false
    const { scriptId } = location as { scriptId: string }
    if (!this.#urls.has(scriptId)) {
      this.#post('Debugger.enable', {})
      this.#post('Debugger.disable', {})
    }
    // What was made of text at run time has no URL.
    const url = this.#urls.get(scriptId) ?? ''
    return url === '' || url.startsWith(this.#folder)
  }

  #variables(scopes: Remote | undefined): [string, unknown][] {
    const found: [string, unknown][] = []
    const list = Array.from(this.#local(scopes) as ArrayLike<{ description: string; object: object }>)
    for (const [level, { description, object }] of list.entries()) {
      if (description === 'Global') continue
      for (const name of Object.keys(object)) {
        try {
          found.push([`${level}.${name}`, (object as Record<string, unknown>)[name]])
        } catch {
          found.push([`${level}.${name}`, 'not initialised'])
        }
      }
    }
    return found
  }

  #entries(entries: Remote | undefined): [string, unknown][] {
    const list = Array.from(this.#local(entries) as ArrayLike<{ key?: unknown; value: unknown }>)
    return list.flatMap(({ key, value }, index): [string, unknown][] => [
      [`key ${index}`, key],
      [`value ${index}`, value],
    ])
  }

  #local(remote: Remote | undefined): unknown {
    if (remote?.objectId === undefined) return remote?.unserializableValue ?? remote?.value
    this.#call(this.#slotId, 'function(it){this.answer=it}', [{ objectId: remote.objectId }])
    return this.#slot.answer
  }

  #call(objectId: string, functionDeclaration: string, args: readonly object[] = []): { result: Remote } {
    return this.#post('Runtime.callFunctionOn', {
      objectId,
      functionDeclaration,
      arguments: args,
      objectGroup: 'snapshot',
    })
  }

  [Symbol.dispose](): void {
    this.#session.disconnect()
  }

  #post<T>(method: string, params: object): T {
    let answer: T | undefined
    this.#session.post(method, params, (error: Error | null, result: unknown) => {
      if (error !== null) throw error
      answer = result as T
    })
    return answer as T
  }
}

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength)
}

function inheritsFromProxy(object: object): boolean {
  let at: object | null = object
  while (at !== null && !types.isProxy(at)) at = Object.getPrototypeOf(at) as object | null
  return at !== null && at !== object
}

interface Remote {
  readonly objectId?: string
  readonly value?: unknown
  readonly unserializableValue?: string
}
interface Property {
  readonly name: string
  readonly value?: Remote
}
interface Properties {
  readonly internalProperties?: Property[]
  readonly privateProperties?: Property[]
}

const MANY = 2 ** 20

const followed = new Set([
  '[[Target]]',
  '[[Handler]]',
  '[[TargetFunction]]',
  '[[BoundThis]]',
  '[[PromiseState]]',
  '[[PromiseResult]]',
  '[[PrimitiveValue]]',
  '[[GeneratorState]]',
])

function property(object: object, key: string | symbol, show: (value: unknown) => string): string {
  const slot = Object.getOwnPropertyDescriptor(object, key) as PropertyDescriptor
  const bits = [slot.writable, slot.enumerable, slot.configurable].map(bit => (bit === true ? 'y' : 'n')).join('')
  const value = 'value' in slot ? show(slot.value) : `get ${show(slot.get)} set ${show(slot.set)}`
  return `${typeof key === 'symbol' ? key.toString() : JSON.stringify(key)} ${bits} ${value}`
}

function shown(value: unknown): string {
  if (Object.is(value, -0)) return '-0'
  return typeof value === 'string' ? JSON.stringify(value) : `${typeof value} ${String(value)}`
}
