import { list } from './open-bundle.ts'

const { set } = WeakMap.prototype
const { add } = WeakSet.prototype

/** Puts what a message brings into the WeakMaps and WeakSets of packages that are here: see `WeakEntry`. */
export function putWeak(entries: unknown): void {
  for (const each of list(entries)) {
    const [weak, ...entry] = list(each)
    Reflect.apply(entry.length > 1 ? set : add, weak, entry)
  }
}
