import { createRequire, isBuiltin } from 'node:module'
import { promisify, types } from 'node:util'
import { compileFunction } from 'node:vm'
import { CloudException } from '../../protocol/errors.ts'
import { emitterSymbols } from '../../value/emitter-symbols.ts'
import { intrinsicByName } from '../../value/intrinsic-by-name.ts'
import {
  type CodeHeader,
  EMITTER_SYMBOLS,
  ENVIRONMENT,
  PACKAGES_ROOT,
  PRIVATE,
  PROMISIFIED,
  type WireReference,
} from '../bundle-format.ts'
import { layOut, placeHere } from './assets.ts'
import { refuse, sha256 } from './open-bundle.ts'
import { takeAccess } from './private-state.ts'

/** What the worker has itself. */
export interface ReferenceHost {
  /** Its own instance of a host module, by the name under which the caller registered it. */
  readonly hostModule: (name: string) => object | undefined
  /** The bytes of a package bundle, by hash. Must be there already: reviving waits for nothing. */
  readonly module: (hash: string) => Uint8Array | undefined
  /** Of this machine, for files that come along with functions. Default: a temporary one of this process. */
  readonly folder?: string | undefined
  /** Installed packages that the job was given, and the name of their environment. */
  readonly environment?: { readonly name: string; readonly require: NodeJS.Require } | undefined
}

/** Everything that the code takes by reference, in the order of its table; a promise where packages await at their top level. */
export function resolveReferences(
  { references, modules, assets = [] }: CodeHeader,
  host: ReferenceHost,
): readonly unknown[] | Promise<readonly unknown[]> {
  const placeOf = layOut(assets, host)
  const packages = modules.map(hash => loadPackages(hash, host, placeOf(PACKAGES_ROOT)))
  const all = (loaded: readonly object[]): unknown[] =>
    references.map(reference => {
      const [kind, form, text] = reference
      return kind === 'place' ? placeHere(form as string, text as string, placeOf) : resolve(reference, loaded, host)
    })
  return packages.some(each => types.isPromise(each)) ? Promise.all(packages).then(all) : all(packages)
}

function resolve([kind, name, ...path]: WireReference, packages: readonly object[], host: ReferenceHost): unknown {
  if (kind === 'builtin') return builtIn(name as string, path)
  let at: unknown
  if (kind === 'intrinsic') at = intrinsicByName(name as string)
  else if (kind === 'host') at = host.hostModule(name as string)
  else if (kind === 'module') at = follow(packages[0], name as string)
  if (at === undefined) throw refuse(`it needs ${kind} ${name}, which is not here`)
  for (const key of path) at = follow(at, key)
  return at
}

/** A built-in module, or what stands at the path in it. */
export function builtIn(name: string, path: readonly string[]): unknown {
  const ofNamespace = name.startsWith('*')
  const specifier = ofNamespace ? name.slice(1) : name
  if (!isBuiltin(specifier)) throw refuse(`it needs ${specifier}, which this Node does not have`)
  const exports: unknown = process.getBuiltinModule(specifier)
  let at = ofNamespace ? namespaceOf(exports as object) : exports
  for (const key of path) at = follow(at, key)
  return at
}

const namespaces = new WeakMap<object, object>()

/** What `import * as` gives of a built-in module. */
function namespaceOf(exports: object): object {
  const known = namespaces.get(exports)
  if (known !== undefined) return known
  const made = Object.freeze(withDefault(exports))
  namespaces.set(exports, made)
  return made
}

function follow(object: unknown, key: string): unknown {
  if ((typeof object === 'object' && object !== null) || typeof object === 'function') {
    if (key === EMITTER_SYMBOLS) return emitterSymbols()
    const own = key === PROMISIFIED ? promisify.custom : key
    if (own in object) return (object as Record<string | symbol, unknown>)[own]
  }
  throw refuse(`something that it needs has no ${key} here`)
}

const loaded = new Map<string, object>()
/** Finds Node's own modules alone: packages have no business among those that PiCloud is installed with. */
const requireBuiltIn = createRequire(`${PACKAGES_ROOT}/package.cjs`)

/** Once for a process: a package's own state is the process's, as it is everywhere. */
function loadPackages(hash: string, host: ReferenceHost, folder: string): object {
  const known = loaded.get(hash)
  if (known !== undefined) return known
  const bytes = host.module(hash)
  if (bytes === undefined) throw refuse('the packages that it imports are not here')
  if (sha256(bytes) !== hash) throw refuse('the packages that it imports are not those that were sent')
  const filename = `picloud-packages:${hash}.cjs`
  const module = { exports: {} }
  const run = compileFunction(
    new TextDecoder().decode(bytes),
    ['exports', 'require', 'module', '__filename', '__dirname'],
    {
      filename,
    },
  ) as (...args: unknown[]) => void
  const require = (name: string): unknown =>
    name === PRIVATE ? takeAccess : (host.hostModule(name) ?? required(name, host))
  run(module.exports, Object.assign(require, requireBuiltIn), module, filename, folder)
  loaded.set(hash, module.exports)
  return module.exports
}

/** What the script of a package bundle requires: a built-in module, or a package of the environment. */
function required(name: string, { environment }: ReferenceHost): unknown {
  const [, by = 'require', specifier = name] = name.startsWith(ENVIRONMENT) ? (way.exec(name) ?? []) : []
  if (isBuiltin(specifier)) return requireBuiltIn(specifier)
  if (environment === undefined) {
    if (specifier === name) return requireBuiltIn(specifier)
    throw lacking(`it needs the package ${specifier} from an environment, and its job has none`)
  }
  const exports = requireOf(specifier, environment)
  const isCompiled = by === 'interop' && (exports as { __esModule?: boolean }).__esModule
  return by === 'require' || isCompiled ? exports : namespaceOfPackage(exports)
}

const way = new RegExp(`^${ENVIRONMENT}([a-z-]+):(.+)$`)

function requireOf(specifier: string, { name, require }: NonNullable<ReferenceHost['environment']>): unknown {
  try {
    require.resolve(specifier)
  } catch (cause) {
    throw lacking(`it needs the package ${specifier}, which the environment “${name}” does not have`, cause)
  }
  return require(specifier)
}

function lacking(why: string, cause?: unknown): CloudException {
  return new CloudException(`This function can’t be revived: ${why}.`, {
    code: 'revive',
    hint: 'Create the environment with that package: `cloud.env.create(name, { packages })`.',
    cause,
  })
}

/** What `import` of a package gives, which here was required. */
function namespaceOfPackage(exports: unknown): unknown {
  return types.isModuleNamespaceObject(exports) ? exports : withDefault(exports as object)
}

function withDefault(exports: object): object {
  return Object.assign(Object.create(null), exports, { default: exports }) as object
}
