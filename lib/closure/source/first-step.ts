import type { BlockStatement, Expression, ModuleDeclaration, Statement } from 'acorn'

/** A body, or what is left of one. */
type Beginning = Pick<BlockStatement, 'type' | 'start' | 'end' | 'body'> | Expression

/**
 * Where the first step of a body ends, if V8 stops there before any of it runs: else undefined. To make a class is no step
 * for V8, so that what a class is made of would run first; nor is an optional chain (`a?.b`) in a list of expressions or,
 * where a breakpoint is set by its place, in a loop or as all that an arrow function gives. Judged by the text, which may
 * say no too often.
 * @param byPlace not by the function as a whole, which V8 stops at its first step whether that has a place or not
 */
export function endOfFirstStep(body: Beginning, source: string, byPlace: boolean): number | undefined {
  const first = body.type === 'BlockStatement' ? firstStep(body.body) : body
  const end = first?.end ?? body.end
  const text = source.slice(body.start, end)
  if (/\bclass\b/.test(text)) return undefined
  const isSeen =
    !text.includes('?.') ||
    (!isList(first) && (!byPlace || (body.type === 'BlockStatement' && !/\b(?:for|while)\b/.test(text))))
  return isSeen ? end : undefined
}

/** The first statement that is sure to be a step: all of them if none is. */
function firstStep(statements: readonly (Statement | ModuleDeclaration)[]): Statement | ModuleDeclaration | undefined {
  return statements.find(statement => {
    switch (statement.type) {
      case 'FunctionDeclaration':
      case 'EmptyStatement':
      case 'BlockStatement':
      case 'LabeledStatement':
      case 'TryStatement':
        return false
      case 'VariableDeclaration':
        return statement.declarations.some(({ init }) => init != null)
      case 'ExpressionStatement':
        return statement.expression.type !== 'Literal' && statement.expression.type !== 'Identifier'
      default:
        return true
    }
  })
}

function isList(first: Statement | ModuleDeclaration | Expression | undefined): boolean {
  const value =
    first?.type === 'ReturnStatement'
      ? first.argument
      : first?.type === 'ExpressionStatement'
        ? first.expression
        : first
  return value?.type === 'SequenceExpression'
}
