/** Values by time, the earliest first. */
export interface Heap<Value> {
  readonly size: number
  push(time: number, value: Value): void
  /** The earliest time; only while there is one. */
  time(): number
  /** Takes the value with the earliest time out. */
  pop(): Value
}

/** A binary heap in one array. */
export function createHeap<Value>(): Heap<Value> {
  const items: { readonly time: number; readonly value: Value }[] = []
  const timeAt = (index: number): number => items[index]?.time ?? Number.POSITIVE_INFINITY

  function swap(one: number, other: number): void {
    const item = items[one] as (typeof items)[number]
    items[one] = items[other] as (typeof items)[number]
    items[other] = item
  }

  function sink(): void {
    let at = 0
    for (;;) {
      const left = 2 * at + 1
      const child = timeAt(left + 1) < timeAt(left) ? left + 1 : left
      if (timeAt(child) >= timeAt(at)) return
      swap(at, child)
      at = child
    }
  }

  return {
    get size() {
      return items.length
    },
    push(time, value) {
      let at = items.push({ time, value }) - 1
      while (at > 0) {
        const parent = (at - 1) >> 1
        if (timeAt(parent) <= timeAt(at)) return
        swap(at, parent)
        at = parent
      }
    },
    time() {
      return timeAt(0)
    },
    pop() {
      const top = items[0]
      if (top === undefined) throw new RangeError('the heap is empty')
      const last = items.pop() as (typeof items)[number]
      if (items.length > 0) {
        items[0] = last
        sink()
      }
      return top.value
    },
  }
}
