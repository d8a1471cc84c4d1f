import type { Heap } from './heap-snapshot.ts'
import { liveValue, localOf, post, type RemoteObject, remoteIdOf } from './inspector.ts'

/** Objects that are looked for one by one, by a walk through the heap each; from then on all are listed at once. */
export const FEW_LOOKS = 3

/** The live objects of V8’s numbers, as a snapshot gives them. */
export class LiveObjects {
  /** How many were looked for one by one. */
  looks = 0
  readonly #known = new Map<number, unknown>()
  readonly #all: readonly unknown[] | undefined
  #remote: string | undefined
  #places: ReadonlyMap<number, number> = new Map()

  constructor(remote?: string) {
    this.#remote = remote
    this.#all = remote === undefined ? undefined : (localOf(remote) as readonly unknown[])
  }

  /** All but those that inherit from nothing, or belong to another context: to be held before the snapshot is taken. */
  static all(): LiveObjects {
    const prototypeObjectId = remoteIdOf(Object.prototype)
    const { objects } = post<{ objects: RemoteObject }>('Runtime.queryObjects', { prototypeObjectId })
    return new LiveObjects(objects.objectId)
  }

  get hasAll(): boolean {
    return this.#all !== undefined
  }

  /** Takes over by what numbers a snapshot has them. */
  number(heap: Heap): void {
    const objectId = this.#remote
    if (objectId === undefined) return
    this.#places = heap.placesIn(heapIdOf(objectId))
    post('Runtime.releaseObject', { objectId })
    this.#remote = undefined
  }

  /** Undefined for what is no object. */
  find(id: number): unknown {
    const place = this.#places.get(id)
    if (place !== undefined) return this.#all?.[place]
    if (!this.#known.has(id)) this.#known.set(id, this.#lookFor(id))
    return this.#known.get(id)
  }

  #lookFor(id: number): unknown {
    type Answer = { readonly result: RemoteObject }
    this.looks++
    try {
      return liveValue(post<Answer>('HeapProfiler.getObjectByHeapObjectId', { objectId: String(id) }).result)
    } catch {
      return undefined
    }
  }
}

/** V8 numbers objects when a snapshot is taken. */
export function heapIdOf(objectId: string): number {
  type Answer = { readonly heapSnapshotObjectId: string }
  return Number(post<Answer>('HeapProfiler.getHeapObjectId', { objectId }).heapSnapshotObjectId)
}
