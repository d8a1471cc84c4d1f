import { extname, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { CloudException } from '../protocol/errors.ts'

/**
 * Why a module of the user's could not be loaded, and what to do.
 * @param file as it was given
 * @param cause what `import()` rejected with
 * @returns `not-found` when there is no such file; `unsupported` when Node can’t read it; `exception` when it threw itself
 */
export function loadFailure(file: string, cause: unknown): CloudException {
  const path = resolve(file)
  const { code, url } = Object(cause) as NodeJS.ErrnoException & { readonly url?: string }
  if (code === 'ERR_MODULE_NOT_FOUND' && url === pathToFileURL(path).href) {
    return new CloudException(`There is no file ${path}.`, { code: 'not-found', cause })
  }
  const message = `${file} can’t be loaded: ${cause instanceof Error ? cause.message : String(cause)}`
  if (code === 'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX') {
    const hint = 'Node takes types away and does no more. With tsx installed, set NODE_OPTIONS="--import tsx".'
    return new CloudException(message, { code: 'unsupported', hint, cause })
  }
  if (isModuleReadAsCommonJs(cause)) {
    const renamed = extname(file) === '.ts' ? '.mts' : '.mjs'
    const hint = `It is an ES module in a package of CommonJS: write "type": "module" into the package.json above it, or call it ${renamed}.`
    return new CloudException(message, { code: 'unsupported', hint, cause })
  }
  return new CloudException(message, { code: 'exception', cause })
}

/** Node's words, of V8's parser: there is no code for it. */
function isModuleReadAsCommonJs(cause: unknown): boolean {
  if (!(cause instanceof SyntaxError)) return false
  return /^Cannot use import statement outside a module|^Unexpected token 'export'/.test(cause.message)
}
