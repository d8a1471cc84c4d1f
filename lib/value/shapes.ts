/** The key sequences of the objects of one message, each of which travels once. */
interface Shape {
  readonly id: number
  readonly prototype: object | null
  readonly keys: readonly string[]
}

const BUCKETS = 64

/** Finds the shape of an object by its keys in a few pointer comparisons. */
export class Shapes {
  #count = 0
  readonly #recent: (Shape | undefined)[] = new Array(BUCKETS).fill(undefined)
  readonly #all = new Map<string, Shape[]>()
  readonly #keys = new Map<string, number>()

  /** The id of the shape, or -1 and it gets the next one. */
  find(keys: readonly string[], prototype: object | null): number {
    const bucket = bucketOf(keys)
    const recent = this.#recent[bucket]
    if (recent !== undefined && recent.prototype === prototype && sameKeys(recent.keys, keys)) return recent.id
    const name = `${keys.length}:${keys[0]}:${keys[keys.length - 1]}`
    const alike = this.#all.get(name)
    const known = alike?.find(shape => shape.prototype === prototype && sameKeys(shape.keys, keys))
    const shape = known ?? { id: this.#count++, prototype, keys }
    this.#recent[bucket] = shape
    if (known !== undefined) return known.id
    if (alike === undefined) this.#all.set(name, [shape])
    else if (alike.length < BUCKETS) alike.push(shape)
    return -1
  }

  /** The number of a key that was met before, or -1 and it gets the next one. */
  findKey(key: string): number {
    const known = this.#keys.get(key)
    if (known !== undefined) return known
    this.#keys.set(key, this.#keys.size)
    return -1
  }

  /** How many keys have a number. */
  get keyCount(): number {
    return this.#keys.size
  }
}

function bucketOf(keys: readonly string[]): number {
  const { length } = keys
  const first = keys[0] as string
  const last = keys[length - 1] as string
  return (length * 31 + first.length * 7 + last.length * 3 + first.charCodeAt(0) + last.charCodeAt(0)) & (BUCKETS - 1)
}

function sameKeys(a: readonly string[], b: readonly string[]): boolean {
  const { length } = a
  if (length !== b.length) return false
  for (let index = 0; index < length; index++) if (a[index] !== b[index]) return false
  return true
}
