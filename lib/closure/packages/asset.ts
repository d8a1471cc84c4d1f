import { createHash } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { dirname, relative, sep } from 'node:path'
import { MAX_ASSET_BYTES, MAX_ASSETS } from '../../protocol/limits.ts'
import type { ModuleBundle } from './module-bundle.ts'
import { packageAround } from './resolve-module.ts'

/** A file of the user's that a function names by its place, and that travels as it is. */
export interface Asset {
  /** Absolute. */
  readonly path: string
  /** The folder of the project that it lies in. */
  readonly root: string
  readonly size: number
  /** Milliseconds. */
  readonly modified: number
}

/** Why a file can't travel. */
export interface AssetRefusal {
  readonly why: string
  readonly hint: string
}

const keep = 'put it into cloud.files'

/**
 * What there is at a place that a function names. Undefined for what need not travel: a folder around the file, the file itself,
 * and what is not there, unless the function certainly reads or writes it.
 * @param here the file whose function names it
 */
export function assetAt(
  { path, use }: { readonly path: string; readonly use: 'read' | 'write' | undefined },
  here: string,
): Asset | AssetRefusal | undefined {
  if (path === here || here.startsWith(`${path}${sep}`)) return undefined
  if (use === 'write') {
    return {
      why: `it writes ${path}, a place in your project, which a job does not have`,
      hint: 'Write below os.tmpdir(), or put the file into cloud.files.',
    }
  }
  const stats = statSync(path, { throwIfNoEntry: false })
  if (stats === undefined) {
    const why = `it reads ${path}, which is not there`
    return use === 'read' ? { why, hint: 'Make the file before the function is sent, or name another.' } : undefined
  }
  if (!stats.isFile()) {
    const what = stats.isDirectory() ? 'a folder' : 'no file'
    const why = `it names ${path}, ${what}: only files travel`
    return { why, hint: 'Name each file that it reads, or put them into cloud.files.' }
  }
  const root = packageAround(here) ?? dirname(here)
  if (!path.startsWith(root + sep)) {
    return {
      why: `it names ${path}, a file outside of its project ${root}`,
      hint: `Move it into the project, read it at the top of the file and use what that gives, or ${keep}.`,
    }
  }
  return codeRefusal(path) ?? { path, root, size: stats.size, modified: stats.mtimeMs }
}

/** The first file that is too many, or too large beside those before it. */
export function refusalOfSizes(
  assets: readonly Pick<Asset, 'path' | 'size'>[],
): (AssetRefusal & { readonly path: string }) | undefined {
  let bytes = 0
  for (const [index, { path, size }] of assets.entries()) {
    bytes += size
    const over =
      index >= MAX_ASSETS
        ? `more than ${MAX_ASSETS} files`
        : bytes > MAX_ASSET_BYTES
          ? `${bytes} bytes of files, above ${MAX_ASSET_BYTES}`
          : undefined
    if (over === undefined) continue
    return {
      path,
      why: `with ${path} it takes ${over} of your project along`,
      hint: 'Put them into cloud.files, and read them in the job.',
    }
  }
  return undefined
}

const CODE = /\.(?:[cm]?[jt]s|[jt]sx|node)$/
const imports = /\b(?:from|import|require|import\s*\(|require\s*\()\s*\(?\s*(['"])([^'"\n]+)\1/g

/** A script would look for what it imports where it does not lie. */
function codeRefusal(path: string): AssetRefusal | undefined {
  if (!CODE.test(path)) return undefined
  if (path.endsWith('.node')) {
    return {
      why: `it names ${path}, which is native code`,
      hint: 'Put its package into an environment, and call with `env`.',
    }
  }
  const wanted = [...readFileSync(path, 'utf8').matchAll(imports)].map(([, , name = '']) => name)
  const missing = wanted.find(name => !isBuiltin(name))
  if (missing === undefined) return undefined
  return {
    why: `it names ${path}, a script that imports ${missing}, which would not be beside it`,
    hint: 'Import it in the function, `await import(…)`, or bundle it into one file.',
  }
}

const bundles = new Map<string, { readonly asset: Asset; readonly bundle: ModuleBundle }>()

/** Its bytes, to be sent once whatever functions use them. Throws what reading gives. */
export function assetBundle(asset: Asset): ModuleBundle {
  const { path, size, modified } = asset
  const known = bundles.get(path)
  if (known?.asset.size === size && known.asset.modified === modified) return known.bundle
  const bytes = new Uint8Array(readFileSync(path))
  const hash = createHash('sha256').update(bytes).digest('hex')
  const bundle: ModuleBundle = {
    hash,
    bytes,
    awaits: undefined,
    packages: new Map(),
    ownFiles: [],
    files: [],
    asset: path,
  }
  bundles.set(path, { asset, bundle })
  return bundle
}

/** Whether a file is as it was. */
export function isUnchanged({ path, size, modified }: Asset): boolean {
  const stats = statSync(path, { throwIfNoEntry: false })
  return stats?.size === size && stats.mtimeMs === modified
}

/** Below the folder of its project, with slashes. */
export function pathInProject({ path, root }: Asset): string {
  return relative(root, path).split(sep).join('/')
}
