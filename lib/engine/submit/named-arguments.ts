import type { Parameter, ParameterType } from '../../protocol/published.ts'
import { invalid } from '../records/refuse.ts'

/**
 * Arguments by name, in the order of the parameters. Pure.
 * @throws {CloudException} `invalid-request`, naming the first that is missing, unknown or of the wrong type
 */
export function namedArguments(parameters: readonly Parameter[], given: Readonly<Record<string, unknown>>): unknown[] {
  const names = parameters.map(({ name }) => name)
  const unknown = Object.keys(given).find(name => !names.includes(name))
  if (unknown !== undefined) {
    const takes = names.length === 0 ? 'It takes none.' : `It takes ${names.join(', ')}.`
    throw invalid(`There is no argument ${unknown.slice(0, 100)}.`, takes)
  }
  const args: unknown[] = []
  for (const { name, type, required, rest = false } of parameters) {
    const value = Object.hasOwn(given, name) ? given[name] : undefined
    if (value === undefined && required) throw invalid(`The argument ${name} is missing.`, `It takes ${words[type]}.`)
    if (rest) args.push(...restOf(name, value))
    else {
      if (value !== undefined && !fits(value, type)) throw wrong(name, words[type])
      args.push(value)
    }
  }
  // What is left out at the end is not passed, so that defaults count.
  while (args.length > 0 && args.at(-1) === undefined) args.pop()
  return args
}

function restOf(name: string, value: unknown): readonly unknown[] {
  if (value === undefined) return []
  if (Array.isArray(value)) return value
  throw wrong(name, 'a list')
}

function fits(value: unknown, type: ParameterType): boolean {
  if (type === 'any') return true
  if (!type.endsWith('[]')) return typeof value === type
  const item = type.slice(0, -2)
  return Array.isArray(value) && value.every(each => typeof each === item)
}

const words: Readonly<Record<ParameterType, string>> = {
  any: 'any JSON',
  string: 'text',
  number: 'a number',
  boolean: 'true or false',
  'string[]': 'a list of texts',
  'number[]': 'a list of numbers',
  'boolean[]': 'a list of true or false',
}

function wrong(name: string, takes: string) {
  return invalid(`The argument ${name} is wrong.`, `It takes ${takes}.`)
}
