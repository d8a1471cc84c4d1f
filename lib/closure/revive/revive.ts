import { Script, constants as vm } from 'node:vm'
import { type Code, type Factory, instantiate, placesOf, type Revived, type Surroundings } from './instantiate.ts'
import { type OpenBundle, openBundle, openCode, refuse } from './open-bundle.ts'
import { type ReferenceHost, resolveReferences } from './references.ts'
import { noteScript, scriptName } from './stack.ts'

export type { Revived, Surroundings }

/** Code that is compiled, its packages loaded. Serves any number of jobs. */
export interface Prepared {
  /** To be awaited before the first instance is made, where packages await at their top level. Undefined once they are loaded. */
  readonly ready: Promise<unknown> | undefined
  /** Makes functions that share nothing with those of other calls: a job starts from the captured state. */
  instantiate(bundle: Pick<OpenBundle, 'header' | 'data'>, surroundings?: Surroundings): Revived
}

/**
 * Compiles the code of a bundle. Once for each code and process.
 * @param name of the script in stack traces, unique to the code: its hash
 */
export function prepare(code: Uint8Array, name: string, host: ReferenceHost): Prepared {
  const { header, text } = openCode(code)
  const found = resolveReferences(header, host)
  const filename = scriptName(name)
  const constants = new WeakMap<object, Revived>()
  const root = compile(text, filename)
  const codeOf = (references: readonly unknown[]): Code => ({ root, places: placesOf(header), references })
  let shared: Code | undefined
  let ready: Prepared['ready']
  if (found instanceof Promise) {
    ready = found.then(references => {
      shared = codeOf(references)
      ready = undefined
    })
    // Whoever awaits it is told.
    ready.catch(() => undefined)
  } else shared = codeOf(found)
  return {
    get ready() {
      return ready
    },
    instantiate: (bundle, surroundings = {}) => {
      if (shared === undefined) throw refuse('packages that it imports are still loading')
      noteScript(filename, header)
      if (!bundle.header.constant) return instantiate(shared, bundle.header, bundle.data, surroundings)
      const known = constants.get(bundle.header)
      if (known !== undefined) return known
      const made = instantiate(shared, bundle.header, bundle.data, surroundings)
      constants.set(bundle.header, made)
      return made
    },
  }
}

/** Opens, prepares and instantiates at once. */
export function revive(bundle: Uint8Array, name: string, host: ReferenceHost, surroundings?: Surroundings): Revived {
  const opened = openBundle(bundle)
  return prepare(opened.code, name, host).instantiate(opened, surroundings)
}

function compile(text: string, filename: string): Factory {
  try {
    const script = new Script(text, { filename, importModuleDynamically: vm.USE_MAIN_CONTEXT_DEFAULT_LOADER })
    const root: unknown = script.runInThisContext()
    if (typeof root === 'function') return root as Factory
  } catch (cause) {
    throw refuse(`its script does not compile here (${String(cause)})`, cause)
  }
  throw refuse('its script makes no functions')
}
