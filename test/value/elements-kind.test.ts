import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

// How it asks is kept for the rest of a process: each test has its own.

test.each([
  { name: 'in V8', flags: [] },
  { name: 'where strings are no code', flags: ['--disallow-code-generation-from-strings'] },
])('arrays with unusual elements come back as they were, before V8 is asked and after, $name', ({ flags }) => {
  const program = fileURLToPath(new URL('arrays-there-and-back.ts', import.meta.url))
  const { stdout, stderr } = spawnSync(process.execPath, [...flags, program], { encoding: 'utf8' })
  expect({ stdout, stderr }).toEqual({ stdout: '200 arrays\n', stderr: '' })
})

const prints = (text: string, flags: readonly string[] = []): unknown => {
  const imports = `import { elementsKind, UNASKED_ELEMENTS } from ${JSON.stringify(new URL('../../lib/value/elements-kind.ts', import.meta.url))}
    const many = count => Array.from({ length: count }, () => 1)
    ${text}`
  const args = [...flags, '--input-type=module', '-e', imports]
  const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  return { stdout, stderr }
}

test('V8 is asked once as many elements were looked at as its start takes', () => {
  const text = 'console.log(...[many(UNASKED_ELEMENTS), [], [1], [1], [, 1]].map(elementsKind))'
  expect(prints(text)).toEqual({ stdout: '2 2 2 0 1\n', stderr: '' })
})

const readOnly = 'Object.defineProperty([1], 0, { writable: false })'
const natives =
  '(() => { try { return new Function("return %HasFastPackedElements([])")() } catch { return "none" } })()'

test.each([
  { flags: [], leaves: 'none' },
  { flags: ['--allow-natives-syntax'], leaves: 'true' },
])('V8’s flags are afterwards as they were: $flags', ({ flags, leaves }) => {
  const text = `elementsKind(many(UNASKED_ELEMENTS + 1)); console.log(elementsKind([1]), elementsKind(${readOnly}), ${natives})`
  expect(prints(text, flags)).toEqual({ stdout: `0 2 ${leaves}\n`, stderr: '' })
})

test('what V8 forgot is made again', () => {
  const text = `elementsKind(many(UNASKED_ELEMENTS + 1))
    for (let round = 0; round < 4; round++) {
      gc()
      await new Promise(setImmediate)
    }
    console.log(elementsKind([1]), elementsKind([1]), elementsKind(${readOnly}), ${natives})`
  // The first answer after it is that of an array nobody asked about.
  expect(prints(text, ['--expose-gc', '--stress-flush-code'])).toEqual({ stdout: '2 0 2 none\n', stderr: '' })
})

test('where V8 does not tell, each element is looked at', () => {
  const text = `process.getBuiltinModule('node:v8').setFlagsFromString = () => {}
    elementsKind(many(UNASKED_ELEMENTS + 1)); console.log(elementsKind([1]), elementsKind(${readOnly}))`
  expect(prints(text)).toEqual({ stdout: '2 2\n', stderr: '' })
})
