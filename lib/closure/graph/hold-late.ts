import { LATE } from '../bundle-format.ts'
import { slotOf } from '../variables/instances.ts'
import type { CapturedFunction } from './captured-function.ts'
import type { Graph } from './graph.ts'

/**
 * Lets a function's record hold what packages came to hold since they were loaded: as if it were a variable above all files.
 * Reviving it puts that there.
 */
export function holdLate({ functions, root, environments, options }: Graph): void {
  const { late } = options
  if (late === undefined || late.length === 0) return
  if (functions.some(({ cells }) => cells.some(({ name }) => name === LATE))) return
  // What comes with its class has no variables of its own.
  const index = functions.findIndex(({ member }) => member === undefined)
  if (index < 0) return
  const captured = functions[index] as CapturedFunction
  const { globals, globalInstance } = environments
  const value = late.map(({ object, key, slot }) => [object, key, slot])
  const cell = { instance: globalInstance, slot: slotOf(globals, LATE), name: LATE, value, assigned: false, level: -1 }
  functions[index] = { ...captured, cells: [...captured.cells, cell] }
  ;(root[1][index] as unknown as unknown[]).push(value)
}
