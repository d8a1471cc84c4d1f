import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** What a case's function must come to: see README.md. */
export type Expectation =
  | { readonly gives: unknown; readonly once?: true }
  | { readonly throws: string; readonly at?: string }
  | { readonly refused: string; readonly path: string; readonly at?: string; readonly hint?: string }

export interface Case {
  readonly name: string
  /** Of its folder, with a slash at the end. */
  readonly folder: string
  /** The URL of what the user wrote. */
  readonly input: string
  readonly expectation: Expectation
}

const root = new URL('./', import.meta.url)
const inputs = ['ts', 'mts', 'cts', 'mjs', 'cjs', 'js'].map(ending => `input.${ending}`)
const known = ['gives', 'once', 'throws', 'at', 'refused', 'path', 'hint']

export function caseNames(): string[] {
  return readdirSync(root, { withFileTypes: true })
    .filter(entry => entry.isDirectory())
    .map(({ name }) => name)
    .sort()
}

/** @throws {Error} for a folder that is no case, saying what it lacks */
export function readCase(name: string): Case {
  const folder = new URL(`${name}/`, root)
  const input = inputs.find(file => existsSync(new URL(file, folder)))
  if (input === undefined) throw new Error(`test/closures/${name} has none of ${inputs.join(', ')}`)
  const expectation = JSON.parse(readFileSync(new URL('expect.json', folder), 'utf8')) as Record<string, unknown>
  const kinds = ['gives', 'throws', 'refused'].filter(kind => kind in expectation)
  const unknown = Object.keys(expectation).filter(key => !known.includes(key))
  if (kinds.length !== 1 || unknown.length > 0 || 'refused' in expectation !== 'path' in expectation) {
    throw new Error(
      `test/closures/${name}/expect.json must have one of gives, throws, and refused with a path; it has ${Object.keys(expectation).join(', ')}`,
    )
  }
  return {
    name,
    folder: fileURLToPath(folder),
    input: new URL(input, folder).href,
    expectation: expectation as Expectation,
  }
}
