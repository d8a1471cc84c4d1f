import { resolve } from 'node:path'
import type { Metafile } from 'esbuild'

type Inputs = Readonly<Record<string, Pick<Metafile['inputs'][string], 'imports'>>>

/** Whether a file, or those that it leads to, import one another in a circle: then it matters which is loaded first. */
export function hasCircle(inputs: Inputs, start: string): boolean {
  const left = new Set<string>()
  const open = new Set<string>()
  // A file, and once those below it are done, the same again: paths may be long.
  const stack = Object.keys(inputs).filter(path => resolve(path) === start)
  for (let path = stack.pop(); path !== undefined; path = stack.pop()) {
    if (left.has(path)) continue
    if (open.has(path)) {
      open.delete(path)
      left.add(path)
      continue
    }
    open.add(path)
    stack.push(path)
    for (const { path: to, kind, external } of inputs[path]?.imports ?? []) {
      if (external === true || kind === 'dynamic-import' || left.has(to)) continue
      if (open.has(to)) return true
      stack.push(to)
    }
  }
  return false
}
