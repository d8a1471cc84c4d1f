import { answerFromPause, type LiveScope, lookInside, watchedFromOutside } from './inspector.ts'
import type { FunctionSyntax } from './script.ts'

/**
 * Looking into a function from where it would run. It is called with a breakpoint on its first step and terminated
 * there, so that nothing of it runs. That holds for functions whose parameters are plain names: with defaults or
 * patterns V8 may place the breakpoint behind code that runs first, and generators do not stop at all.
 */
export function canPause({ syntax }: FunctionSyntax): boolean {
  // A debugger outside of this process would really stop it.
  if (watchedFromOutside() || syntax.kind === 'class' || !('params' in syntax.node)) return false
  const { params, generator } = syntax.node
  return generator !== true && params.every(({ type }) => type === 'Identifier')
}

/**
 * The functions of `others` that see the same variable `name` as `fn`: while a mark stands in it, they see the mark.
 * Undefined when the function could not be stopped.
 */
export function whoSees(fn: Function, name: string, others: readonly Function[]): ReadonlySet<Function> | undefined {
  return answerFromPause(fn, frame => {
    const mark = {}
    const before = frame.exchange(name, mark)
    if (before === undefined) return undefined
    try {
      return new Set(others.filter(other => valueIn(lookInside(other).scopes, name) === mark))
    } finally {
      frame.exchange(name, before.value)
    }
  })
}

function valueIn(scopes: readonly LiveScope[], name: string): unknown {
  const scope = scopes.find(({ object, description }) => description !== 'Global' && Object.hasOwn(object, name))
  return scope?.object[name]
}
