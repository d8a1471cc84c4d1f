import { isBuiltin } from 'node:module'
import { startOfText } from '../names/constant-text.ts'
import type { Origin } from '../names/origin.ts'
import { declare, type Special } from '../names/scope.ts'
import type { Edit, FreeName, TextRefusal } from './function-code.ts'
import type { Script } from './script.ts'

/**
 * `import('x')` and `require('x')` inside of a function. There they become a variable that stands for the module; its
 * property `imported` (a promise) or `exports` loads it when it is read.
 */
export interface ModuleCall extends Edit {
  readonly origin: Origin
}

/** @param special `import` or `require`. Undefined for what can stay as it is */
export function moduleCall({ kind, node, specifier }: Special): ModuleCall | Edit | TextRefusal | undefined {
  const { start, end } = node
  if (specifier === undefined) {
    if (node.type === 'ImportExpression' && startOfText(node.source).startsWith('node:')) return undefined
    return {
      why: 'it calls `import()` with a name that is computed',
      hint: 'Write the name out, or import it at the top of the file.',
      start,
    }
  }
  if (kind === 'import' && isBuiltin(specifier)) {
    return node.type === 'ImportExpression' ? undefined : { start, end, text: `import(${JSON.stringify(specifier)})` }
  }
  const by = kind === 'import' ? 'import()' : 'require()'
  const text = `${nameAt(start)}.${kind === 'import' ? 'imported' : 'exports'}`
  return { start, end, text, origin: { specifier, path: [], by, attributed: false } }
}

/** The variable that such a call becomes. */
export function moduleName(script: Script, { start, origin }: ModuleCall): FreeName {
  const name = nameAt(start)
  const binding = declare(script.names.top, name, 'const', origin)
  // Found again by the next function that holds this text.
  binding.assigned = false
  return { name, binding, writes: false, members: undefined, start }
}

const PREFIX = 'picloud$module'

function nameAt(start: number): string {
  return PREFIX + start
}

/** Whether no text of the user's has that name: it was declared for such a call of some function. */
export function standsForModule(name: string): boolean {
  return name.startsWith(PREFIX)
}
