import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { CloudException } from '../protocol/errors.ts'
import { loadFailure } from './load-failure.ts'

type Fn = (...args: never[]) => unknown

/** What a module of the user's exports under that name. Throws `not-found` when there is no such file or function, and what `loadFailure` says when it can’t be loaded. */
export async function exportedFunction(file: string, name: string): Promise<Fn> {
  const functions = functionsOf(await load(file))
  const found = functions[name]
  if (found !== undefined) return found
  const others = Object.keys(functions)
  throw new CloudException(`${file} exports no function ${name}.`, {
    code: 'not-found',
    hint: others.length === 0 ? 'Export one.' : `It exports ${others.join(', ')}: say which.`,
  })
}

/** All functions that a module exports, by name. Throws `not-found` when there is no such file, or none in it, and what `loadFailure` says. */
export async function exportedFunctions(file: string): Promise<Readonly<Record<string, Fn>>> {
  const functions = functionsOf(await load(file))
  if (Object.keys(functions).length > 0) return functions
  throw new CloudException(`${file} exports no function.`, { code: 'not-found', hint: 'Export one.' })
}

async function load(file: string): Promise<Readonly<Record<string, unknown>>> {
  const { href } = pathToFileURL(resolve(file))
  return await import(href).catch((cause: unknown) => {
    throw loadFailure(file, cause)
  })
}

function functionsOf(module: Readonly<Record<string, unknown>>): Readonly<Record<string, Fn>> {
  return Object.fromEntries(
    Object.entries(module).filter((each): each is [string, Fn] => typeof each[1] === 'function'),
  )
}
