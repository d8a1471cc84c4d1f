import { capture } from '../../lib/closure/capture.ts'
import { CaptureError } from '../../lib/closure/capture-error.ts'
import { MAX_SNAPSHOT_HEAP_BYTES } from '../../lib/closure/source/heap-contexts.ts'

// Captures what only a snapshot of the heap can tell, with a heap just below the limit and one just beyond it.

const MARGIN = 16 * 1024 ** 2
const base = { named: () => 'base' }
const method = (): Function => {
  const literal = {
    named() {
      return `a ${super.named()}`
    },
  }
  return Object.setPrototypeOf(literal, base).named as Function
}
const outcome = (): string => {
  const named = method()
  try {
    return capture(() => named).name
  } catch (error) {
    return error instanceof CaptureError ? error.message : String(error)
  }
}

const held: number[][] = []
const fill = (bytes: number): void => {
  // Eight bytes each: few objects, so that to look at them takes no time.
  while (process.memoryUsage().heapUsed < bytes) held.push(new Array<number>(1024 ** 2 / 8).fill(0.5))
}

const outcomes: string[] = [outcome()]
for (const bytes of [MAX_SNAPSHOT_HEAP_BYTES - MARGIN, MAX_SNAPSHOT_HEAP_BYTES + MARGIN]) {
  fill(bytes)
  outcomes.push(outcome())
}
process.send?.({ outcomes, held: held.length })
