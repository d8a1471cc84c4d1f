import { parse } from 'acorn'
import { describe, expect, test } from 'vitest'
import { namesOf } from '../../lib/closure/names/names.ts'

/** Free names of the last function of a text, with `=` where it assigns them. */
function freeOf(text: string): string[] {
  const names = namesOf(parse(text, { ecmaVersion: 'latest', sourceType: 'module' }), true)
  const { start, end } = names.functions.findLast(({ kind }) => kind !== 'method') as { start: number; end: number }
  const free = new Set<string>()
  for (const { name, binding, write, start: at, end: to } of names.references) {
    const inside = binding !== undefined && binding.scope.start >= start && binding.scope.end <= end
    if (at >= start && to <= end && !inside) free.add(write ? `${name}=` : name)
  }
  return [...free].sort()
}

function assignedOf(text: string): string[] {
  const { top } = namesOf(parse(text, { ecmaVersion: 'latest', sourceType: 'module' }), true)
  return [...top.bindings.values()].filter(({ assigned }) => assigned).map(({ name }) => name)
}

describe('free names', () => {
  test.each<[text: string, free: string[]]>([
    ['f = () => a', ['a']],
    ['f = a => a', []],
    ['f = ({ a, b: [c], ...d }) => a + c + d + e', ['e']],
    ['f = (a = b, { c = a } = {}) => c', ['b']],
    ['f = () => { x; var x }', []],
    ['f = () => { { let x } return x }', ['x']],
    ['f = () => { for (const x of xs) y = x }', ['xs', 'y=']],
    ['f = () => { for (x in o) {} }', ['o', 'x=']],
    ['f = () => { [a, { b: c.d, ...e }] = g }', ['a=', 'c', 'e=', 'g']],
    ['f = () => ({ a, b: c, [d]: 1, e() { return h } })', ['a', 'c', 'd', 'h']],
    ['f = () => a.b.c[d]?.e', ['a', 'd']],
    ['f = () => { try {} catch ({ m }) { m } n }', ['n']],
    ['f = () => { try {} catch { x } }', ['x']],
    ['f = () => { label: for (;;) { break label } }', []],
    ['f = () => { function g() { return h } return g }', ['h']],
    ['f = function g() { return g }', []],
    ['function f() { return f }', ['f']],
    ['f = class A extends B { [c] = d; static e = A; m() { return new A(g) } }', ['B', 'c', 'd', 'g']],
    ['f = class { static { let x = y } #p = q; m() { return #p in this } }', ['q', 'y']],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is a program
    ['f = () => `a${b}c` + tag`d${e}`', ['b', 'e', 'tag']],
    ['f = () => { switch (a) { case b: let c; default: c } }', ['a', 'b']],
    ['f = () => { x++; --y; z += 1; w ??= 2 }', ['w=', 'x=', 'y=', 'z=']],
    ['f = async function* () { for await (const a of b) yield* a }', ['b']],
    ['f = () => new.target', []],
    ['f = () => typeof nowhere', ['nowhere']],
    ['f = () => import.meta.url', []],
    ['f = (arguments_) => undefined', ['undefined']],
  ])('%s', (text, free) => {
    const valid = text.replace('() => new.target', 'function () { new.target }')
    expect(freeOf(valid).filter(name => !['arguments', 'f='].includes(name))).toEqual(free)
  })
})

describe('assigned variables', () => {
  test.each<[text: string, assigned: string[]]>([
    ['let a = 1; const b = 2', []],
    ['let a; function f() { a = 1 }', ['a']],
    ['let a = 1; { let a = 2; a++ }', []],
    ['let a, b; ({ a, x: [b] } = c)', ['a', 'b']],
    ['for (var i = 0; i < 1; i++) {}', ['i']],
    ['for (var x of xs) {}', ['x']],
    ['var a = 1; var a = 2', ['a']],
    ['function f() {} f = 1', ['f']],
    ['let a = 1; eval("a = 2")', ['a']],
  ])('%s', (text, assigned) => {
    expect(assignedOf(text)).toEqual(assigned)
  })
})
