import { types } from 'node:util'
import { constructorOf } from '../../value/encode-class.ts'
import type { Path } from '../../value/path.ts'
import { scriptFacts } from '../source/debugged-scripts.ts'
import { lookInside } from '../source/inspector.ts'
import { displayName } from './function-name.ts'
import { isOfPackages } from './resolve-function.ts'

/**
 * The name of the first class of a package whose instance stands on the way to a part: what is inside of that is the
 * package's own affair, and the user can but make it elsewhere. Undefined for none. Runs nothing of what is on the way.
 * @param path from `root`; steps other than properties and elements end it
 */
export function packageClassOnWay(root: unknown, path: Path): string | undefined {
  let at = root
  for (const step of path) {
    if (typeof at !== 'object' || at === null || types.isProxy(at)) return undefined
    const owner = packagedClassOf(at)
    if (owner !== undefined) return owner
    if (step.kind !== 'property' && step.kind !== 'index') return undefined
    at = Object.getOwnPropertyDescriptor(at, step.kind === 'index' ? step.index : step.key)?.value
  }
  return undefined
}

function packagedClassOf(object: object): string | undefined {
  const prototype = Object.getPrototypeOf(object) as object | null
  const owner = prototype === null ? undefined : constructorOf(prototype)
  if (owner === undefined) return undefined
  const { location } = lookInside(owner)
  const url = location === undefined ? undefined : scriptFacts(location.scriptId)?.url
  return url !== undefined && isOfPackages(url) ? displayName(owner) : undefined
}
