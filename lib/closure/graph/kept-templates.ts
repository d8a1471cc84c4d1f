import * as own from '../../value/captured.ts'
import { Refusal } from '../../value/value-error.ts'
import { TEMPLATE } from '../bundle-format.ts'
import type { TemplateSite } from '../names/scope.ts'
import { hasTemplate } from '../source/function-code.ts'
import { settled } from '../variables/instances.ts'
import type { CapturedFunction } from './captured-function.ts'

/** What a tagged template gives to its function. */
type Strings = readonly (string | undefined)[]

/**
 * The objects that tagged templates gave to their functions, and that something holds, as a Map from them to what was made of
 * them. A place in the text gives the same object each time: in the job, too, it is to give the one that is held. V8 does not tell
 * which place an object is of. Its text does, where one function has such a template.
 */
export class KeptTemplates {
  readonly met = new Set<Strings>()
  /** By the place that gives it, the name of the variable that an object travels as. */
  readonly names = new Map<TemplateSite, string>()
  readonly #unclear = new Set<object>()

  /** @throws {Refusal} for an object that may be of several places */
  meet(object: object): void {
    if (this.#unclear.has(object)) {
      throw new Refusal(
        object,
        'it holds the strings of a tagged template, and there are several templates of that text',
        'Hold them by their text, `strings.join()`, or make the templates differ.',
      )
    }
    if (own.isArray(object) && !own.isExtensible(object) && isOfTemplate(object)) this.met.add(object)
  }

  /** Of the objects that were met, those that functions give, with the names of their variables. */
  *find(functions: readonly CapturedFunction[]): Generator<[Strings, string]> {
    for (const strings of this.met) {
      const [site, ...others] = sitesOf(strings, functions)
      if (others.length > 0) this.#unclear.add(strings)
      if (site === undefined || others.length > 0) continue
      const name = this.names.get(site) ?? `${TEMPLATE}${this.names.size}`
      this.names.set(site, name)
      yield [strings, name]
    }
  }
}

/** The places in functions' texts that give such strings. */
function sitesOf(strings: Strings, functions: readonly CapturedFunction[]): Set<TemplateSite> {
  const found = new Set<TemplateSite>()
  for (const captured of functions) {
    // A class brings the texts of its members.
    if (captured.member !== undefined || isInPackage(captured, functions)) continue
    for (const site of captured.code.script.names.templates) {
      if (gives(site, strings) && hasTemplate(captured.code, site)) found.add(site)
    }
  }
  return found
}

/** Inside of the class of a package it would not see the variable. */
function isInPackage({ home, code }: CapturedFunction, functions: readonly CapturedFunction[]): boolean {
  if (code.within.length === 0) return false
  const { outer } = settled(home)
  const owners = [settled(home), ...[...outer.values()].map(settled)].map(({ owner }) => owner)
  return owners.some(owner => owner !== undefined && !functions.some(({ fn }) => fn === owner))
}

function gives({ node }: TemplateSite, strings: Strings): boolean {
  const { quasis } = node.quasi
  if (quasis.length !== strings.length) return false
  const raw = rawOf(strings) as readonly string[]
  return quasis.every(({ value }, index) => value.raw === raw[index] && (value.cooked ?? undefined) === strings[index])
}

function isOfTemplate(object: object): object is Strings {
  const raw = rawOf(object)
  if (raw === undefined || !own.isFrozen(object) || !own.isFrozen(raw)) return false
  return (object as Strings).length === raw.length && raw.every(text => typeof text === 'string')
}

function rawOf(object: object): readonly unknown[] | undefined {
  const slot = own.getOwnPropertyDescriptor(object, 'raw')
  const raw: unknown = slot?.enumerable === false ? slot.value : undefined
  return own.isArray(raw) && !own.isProxy(raw) ? raw : undefined
}
