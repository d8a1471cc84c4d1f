import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { CloudException } from '../protocol/errors.ts'

/** What a module of the user's exports under that name. Throws `not-found` when there is no such file or function. */
export async function exportedFunction(file: string, name: string): Promise<(...args: never[]) => unknown> {
  const { href } = pathToFileURL(resolve(file))
  const module: Readonly<Record<string, unknown>> = await import(href).catch((cause: unknown) => {
    if ((cause as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND' || !String(cause).includes(resolve(file))) {
      throw cause
    }
    throw new CloudException(`There is no file ${resolve(file)}.`, { code: 'not-found', cause })
  })
  const found = module[name]
  if (typeof found === 'function') return found as (...args: never[]) => unknown
  const others = Object.keys(module).filter(key => typeof module[key] === 'function')
  throw new CloudException(`${file} exports no function ${name}.`, {
    code: 'not-found',
    hint: others.length === 0 ? 'Export one.' : `It exports ${others.join(', ')}: say which with --export.`,
  })
}
