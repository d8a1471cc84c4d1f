import { liveValue, type RemoteObject, shownOf } from './inspector.ts'

/** A private member of an object, by its name with the `#`. */
export interface PrivateEntry {
  readonly name: string
  /** Undefined for accessors. */
  readonly value: unknown
}

/** The private members of an object, of all classes that gave it some; V8 tells nothing of methods. Nothing of it runs. */
export function lookAtPrivate(object: object): readonly PrivateEntry[] {
  type Property = { readonly name: string; readonly value?: RemoteObject }
  const { privateProperties = [] } = shownOf<{ readonly privateProperties: readonly Property[] }>(object)
  return privateProperties.map(({ name, value }) => ({ name, value: liveValue(value) }))
}
