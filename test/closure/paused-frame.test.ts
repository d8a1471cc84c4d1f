import { runInThisContext } from 'node:vm'
import { expect, test } from 'vitest'
import { asOneCapture } from '../../lib/closure/source/end-of-capture.ts'
import { lookInside } from '../../lib/closure/source/inspector.ts'
import { answerFrom } from '../../lib/closure/source/paused-frame.ts'
import { syntaxAt } from '../../lib/closure/source/script.ts'
import type { Callable } from '../../lib/value/captured.ts'

let ran = 0
const count = (): number => {
  ran++
  return 1
}
const traps = ['get', 'set', 'has', 'deleteProperty', 'ownKeys', 'apply', 'construct', 'getPrototypeOf']
const watched: object = new Proxy(() => {}, Object.fromEntries(traps.map(trap => [trap, () => void ran++])))

const parameters = ['x', '', '{ x }', 'x = f()', '[x, [z = f()] = y], ...w', '{ a: { x = f() } = y, ...w } = y']
const expressions = [
  'f()',
  'y.a',
  'y?.a',
  'y?.a()',
  'y?.[f()]',
  'y?.a?.b ?? 1',
  '!y?.a',
  'new (y?.a)',
  'y + 1',
  '`a$\u007by}`',
  'y`a`',
  'x in y',
  'delete y.a',
  '[...y]',
  '({ ...y })',
  '({ [f()]: 1 })',
  '[x] = y',
  'y.a ||= 1',
  'await y',
  'import(y)',
  'class extends y {}',
  'class { static a = f() }',
  'class { static { f() } }',
  'class { [f()] = 1 }',
  '(y.a, 1)',
  'this.a ?? f()',
]
const bodies = [
  '[E, this]',
  'E',
  '(E, this)',
  '{ E; this }',
  '{ 0, E; this }',
  '{ return (E, this) }',
  '{ let q = E; this }',
  '{ var a; let b; { let q = E } this }',
  '{ for (const q of E) this }',
  '{ for (; E;) break; this }',
  '{ label: while (E) this }',
  '{ do ; while (E); this }',
  '{ if (E) this }',
  '{ switch (E) { case this: } }',
  '{ try { let { q = E } = {} } finally { this } }',
  '{ function g() {} using q = E; this }',
  '{ class Q extends (E) {} this }',
  '{ class Q { static a = E } this }',
  'class { [E] = 1; [this.b] = 2 }',
]

/** What an arrow function of an object's method sees as `this`, if it could be stopped; it throws for what is no syntax. */
function seenBy(parameters: string, body: string): { readonly value: unknown; readonly object: object } | undefined {
  const isAsync = /\bawait\b/.test(body) ? 'async ' : ''
  const text = `(f, y) => ({ make() { return ${isAsync}(${parameters}) => ${body} } })`
  const make = runInThisContext(text) as (f: unknown, y: unknown) => { make(): Callable }
  const object = make(count, watched)
  const arrow = object.make()
  const { location } = lookInside(arrow)
  if (location === undefined) throw new Error('It is no function of a script.')
  const code = syntaxAt(location, arrow.toString(), 'arrow')
  const found = answerFrom(arrow, code, frame => frame.read('this'))
  return found && { ...found, object }
}

test.each(parameters)('nothing of a function runs that is stopped, and it tells what `this` is: (%s)', parameters => {
  let stopped = 0
  const wrong: string[] = []
  asOneCapture(() => {
    for (const body of bodies) {
      for (const expression of expressions) {
        const text = body.replace('E', () => expression)
        ran = 0
        const seen = tried(parameters, text)
        if (ran > 0 || (text.includes('this') && seen !== undefined && seen.value !== seen.object)) wrong.push(text)
        if (seen !== undefined) stopped++
      }
    }
  })
  expect(wrong).toEqual([])
  expect(stopped).toBeGreaterThan(200)
})

function tried(parameters: string, body: string): ReturnType<typeof seenBy> {
  try {
    return seenBy(parameters, body)
  } catch (error) {
    // Not all of these make a program.
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
