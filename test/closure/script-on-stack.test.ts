import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { Script } from 'node:vm'
import { expect, test } from 'vitest'
import { scriptFacts, scriptSource } from '../../lib/closure/source/debugged-scripts.ts'
import { releaseRemotes } from '../../lib/closure/source/end-of-capture.ts'
import { lookInside } from '../../lib/closure/source/inspector.ts'
import { scriptOnStack } from '../../lib/closure/source/script-on-stack.ts'
import type { Callable } from '../../lib/value/captured.ts'

const found = (fn: Callable) => scriptOnStack(fn, lookInside(fn))

test('of a function of a caller’s file it knows what the debugger knows, to the letter', () => {
  const factor = 3
  const fn = (x: number) => factor * x
  const known = found(fn)
  const scriptId = lookInside(fn).location?.scriptId ?? ''
  expect(known).toEqual({ ...scriptFacts(scriptId), source: scriptSource(scriptId) })
  expect(known?.source).toContain('to the letter')
  releaseRemotes()
})

test('a program’s first call of what it wrote there asks no debugger, which takes longer than all the rest', () => {
  const runner = fileURLToPath(new URL('first-call-runner.ts', import.meta.url))
  const { result, asked } = JSON.parse(execFileSync(process.execPath, [runner], { encoding: 'utf8' }))
  expect(result).toBe(6)
  expect(asked).toContain('Runtime.getProperties')
  expect(asked).not.toContain('Debugger.enable')
})

test('what is not certain is left to the debugger', () => {
  const evaluated = new Script('(() => 1)', { filename: 'made-up' }).runInThisContext() as Callable
  const renamed = new Script(`(find => find(() => 1))\n//# ${'source'}URL=/other.js`, { filename: '/a.js' })
  const find = renamed.runInThisContext() as (look: Callable) => unknown
  expect(found(evaluated)).toBeUndefined()
  expect(found(Math.max)).toBeUndefined()
  // On the stack while it asks, but under two names.
  expect(find(found)).toBeUndefined()
})

test('a script of another name than a file’s is found by none', () => {
  const script = new Script('(find => find(() => 1))', { filename: 'evalmachine' })
  expect((script.runInThisContext() as (look: Callable) => unknown)(found)).toBeUndefined()
  const commonJs = new Script('(find => find(() => 1))', { filename: '/there.cjs' })
  expect((commonJs.runInThisContext() as (look: Callable) => unknown)(found)).toMatchObject({
    url: '/there.cjs',
    isModule: false,
    source: '(find => find(() => 1))',
  })
})

test('the syntax of V8’s own functions is off again', () => {
  found(() => 1)
  expect(() => new Script('%FunctionGetScriptSource')).toThrow(SyntaxError)
})
