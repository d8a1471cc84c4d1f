import type { Expression, Node } from 'estree'
import { handleWords, nodeWords, refusalWords, type Words } from '../closure/words.ts'
import { bare, type ImportPaths, initialiserOf } from './import-path.ts'
import { globalClasses, globalMakers, nodeMakers, weakClasses } from './made-by.ts'

/** Why what an expression makes can't be sent, in the words of the capture; undefined where that is not certain. */
export function certainRefusal(given: Expression, paths: ImportPaths): Words | undefined {
  const node = bare(given)
  if (node.type !== 'NewExpression' && node.type !== 'CallExpression') return undefined
  const { callee } = node
  const isNew = node.type === 'NewExpression'
  if (callee.type === 'Identifier' && paths.variableOf(callee) === undefined) {
    return isNew ? ofGlobalClass(callee.name) : words(globalMakers.get(callee.name), nodeWords)
  }
  if (!isNew && isGenerator(callee, paths)) return refusalWords['generator']
  const path = paths.of(callee)
  if (path === undefined) return undefined
  const name = (path[1] === 'default' ? [path[0], ...path.slice(2)] : path).join('.')
  const made = nodeMakers.get(name)
  // A class stands for itself: it is made with `new`, though Node takes some without.
  return words(made, nodeWords)
}

function ofGlobalClass(name: string): Words | undefined {
  if (weakClasses.has(name)) return refusalWords[name]
  return globalClasses.has(name) ? handleWords(name) : undefined
}

function words(name: string | undefined, make: (name: string) => Words): Words | undefined {
  return name === undefined ? undefined : make(name)
}

/** A function of this file that is called to get a generator. */
function isGenerator(callee: Node, paths: ImportPaths): boolean {
  if (callee.type === 'FunctionExpression') return callee.generator === true
  const variable = callee.type === 'Identifier' ? paths.variableOf(callee) : undefined
  if (variable === undefined) return false
  const [def, ...others] = variable.defs
  const isAssigned = variable.references.some(reference => reference.isWrite() && reference.init !== true)
  if (def?.type === 'FunctionName') return others.length === 0 && !isAssigned && def.node.generator === true
  const init = initialiserOf(variable)?.value
  return init?.type === 'FunctionExpression' && init.generator === true
}
