import { resolve } from 'node:path'
import type { Message } from 'esbuild'
import { CaptureError } from '../capture-error.ts'

/** Packages that find and load native code at run time, by paths that no bundler sees. */
export const nativeLoaders: readonly string[] = [
  'bindings',
  'node-gyp-build',
  '@mapbox/node-pre-gyp',
  'node-pre-gyp',
  'node-bindings',
]

/** The file that loads native code, or is it, where esbuild stopped at that. */
export function nativeFileOf(cause: unknown): string | undefined {
  const { errors = [] } = cause as { errors?: readonly Message[] }
  const native = errors.find(({ text }) => text.includes('".node" files'))
  return native && (native.location?.file ?? /[^"\s]+\.node/.exec(native.text)?.[0] ?? '')
}

/** Why what esbuild was asked for is not to be had, in the user's terms. */
export function bundleRefusal(cause: unknown, name: string): CaptureError {
  if (cause instanceof CaptureError) {
    const { path, reason, hint } = cause
    return path.length > 0 ? cause : new CaptureError(reason, { path: [name], hint: hint ?? '', cause })
  }
  const errors = (cause as { errors?: readonly Message[] }).errors ?? []
  const native = nativeFileOf(cause)
  if (native !== undefined) return nativeRefusal(native, name, cause)
  const [first] = errors
  const why = first?.text ?? (cause instanceof Error ? cause.message : String(cause))
  const where = first?.location ? ` (${first.location.file}:${first.location.line})` : ''
  return new CaptureError(`a package that it uses can’t be bundled: ${why}${where}`, {
    path: [name],
    hint: 'Import it where it is used only outside of the job, or pass what it computes.',
    cause,
  })
}

/** Of values that hold functions: they are revived in one go, which waits for nothing. */
export function awaitRefusal(awaits: string, name: string): CaptureError {
  const file = awaits.replace(/:\d+$/, '')
  const owner = packageOfFile(file)
  const which = owner === file ? resolve(file) : `the package ${owner}`
  return new CaptureError(`it uses ${which}, which awaits at its top level (${awaits})`, {
    path: [name],
    hint: 'Only the function of a job may: use it there, and not in functions among arguments and results.',
  })
}

/** Of a file of the user’s that is bundled: it asks where it lies, and lies elsewhere in the job. */
export function refusalOfPlaces(asking: string | undefined, name: string): CaptureError | undefined {
  if (asking === undefined) return undefined
  return new CaptureError(`${asking}, which is loaded inside of a function, uses the place where it lies`, {
    path: [name],
    hint: 'Write out the names of the files that it reads there; or import it at the top of the file, or give it the path as an argument.',
  })
}

/** The refusal of a bundle that would look for native code when it runs. */
export function refusalOfFiles(files: readonly string[], name: string): CaptureError | undefined {
  const loader = files.find(file => nativeLoaders.includes(packageOfFile(file)))
  if (loader === undefined) return undefined
  const owners = new Set(files.map(packageOfFile))
  owners.delete(packageOfFile(loader))
  return nativeRefusal(
    loader,
    name,
    undefined,
    [...owners].filter(owner => !owner.startsWith('/')),
  )
}

export function nativeRefusal(
  file: string,
  name: string,
  cause?: unknown,
  owners = [packageOfFile(file)],
): CaptureError {
  const which = owners.length === 1 ? `the package ${owners[0]}, which has` : `packages (${owners.join(', ')}) with`
  return new CaptureError(`it uses ${which} native code`, {
    path: [name],
    hint: 'Install it for the workers, `cloud.env.create(name, { packages })`, and call with `cloud.with({ env: name })`.',
    cause,
  })
}

/** The name of the package that a file belongs to; the file itself for one of no package. */
export function packageOfFile(file: string): string {
  return /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? file
}
