import { execFileSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { intrinsicByName } from '../../lib/value/intrinsic-by-name.ts'
import { intrinsicName } from '../../lib/value/intrinsics.ts'

/** All built-ins that stand below these by any path, with their names. */
function built(): ReadonlyMap<string, object> {
  const found = new Map<string, object>()
  const open: unknown[] = Object.getOwnPropertyNames(globalThis)
    .filter(name => !/^(?:localStorage|sessionStorage|Storage|__)/.test(name))
    .map(name => Object.getOwnPropertyDescriptor(globalThis, name)?.value)
  open.push(Buffer, Object.getPrototypeOf(Uint8Array), Object.getPrototypeOf([].values()))
  const seen = new Set<unknown>([globalThis])
  for (const value of open) {
    if ((typeof value !== 'object' && typeof value !== 'function') || value === null || seen.has(value)) continue
    seen.add(value)
    const name = intrinsicName(value)
    if (name === undefined) continue
    found.set(name, value)
    for (const slot of Object.values(Object.getOwnPropertyDescriptors(value))) open.push(slot.value, slot.get, slot.set)
    for (const symbol of Object.getOwnPropertySymbols(value)) {
      const slot = Object.getOwnPropertyDescriptor(value, symbol)
      open.push(slot?.value, slot?.get, slot?.set)
    }
    open.push(Object.getPrototypeOf(value))
  }
  return found
}

test('each built-in is found again by its name', () => {
  const all = built()
  expect(all.size).toBeGreaterThan(1_500)
  expect([...all].filter(([name, object]) => intrinsicByName(name) !== object).map(([name]) => name)).toEqual([])
})

describe('what is none is not found', () => {
  test.each([
    '',
    'nothing',
    'picloud',
    'globalThis.process',
    'process.argv',
    'process.env.PATH',
    'process.stdout.write',
    'Math.nothing',
    'Math.PI',
    'Math.max.call',
    'Math.max()',
    'Math max',
    'Math.max (get) more',
    'Map.prototype.size',
    'Array.prototype[Symbol(nothing)]',
    'constructor',
    '__proto__',
    'Object.prototype.__proto__',
  ])('%j', name => {
    expect(intrinsicByName(name)).toBeUndefined()
  })

  test('what a program put in the place of a built-in', async () => {
    // An instance that has found none yet: what was found once stays.
    const file = new URL('../../lib/value/intrinsic-by-name.ts?another', import.meta.url)
    const another: { intrinsicByName: typeof intrinsicByName } = await import(file.href)
    const before = Object.getOwnPropertyDescriptor(Math, 'cbrt') as PropertyDescriptor
    Object.defineProperty(Math, 'cbrt', { ...before, value: () => 1 })
    try {
      expect(another.intrinsicByName('Math.cbrt')).toBeUndefined()
    } finally {
      Object.defineProperty(Math, 'cbrt', before)
    }
    expect(another.intrinsicByName('Math.cbrt')).toBe(Math.cbrt)
  })
})

test('to find one nothing of Node is loaded', () => {
  const file = new URL('../../lib/value/intrinsic-by-name.ts', import.meta.url)
  const program = `
    const { intrinsicByName } = await import(${JSON.stringify(file.href)})
    intrinsicByName('Math.max')
    console.log(process.moduleLoadList.some(name => /undici|webcrypto/.test(name)))`
  const printed = execFileSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' })
  expect(printed.trim()).toBe('false')
})
