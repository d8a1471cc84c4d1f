import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'

const program = `
  const { encode } = await import(${JSON.stringify(new URL('../../lib/value/encode.ts', import.meta.url).href)})
  const { decode } = await import(${JSON.stringify(new URL('../../lib/value/decode.ts', import.meta.url).href)})
  const loaded = () => process.moduleLoadList.some(name => name.endsWith('/undici'))
  const seen = []
  encode([Math.max])
  seen.push(loaded())
  const bytes = encode([Response, Headers.prototype.get]).parts[0]
  seen.push(loaded(), decode(bytes)[0] === Response, decode(bytes)[1] === Headers.prototype.get)
  console.log(JSON.stringify([...seen, Buffer.from(bytes).toString('hex')]))
`
const other = (hex: string): string => `
  const { decode } = await import(${JSON.stringify(new URL('../../lib/value/decode.ts', import.meta.url).href)})
  console.log(JSON.stringify(decode(Buffer.from('${hex}', 'hex'))[0] === Response))
`
const run = (text: string): unknown =>
  JSON.parse(execFileSync(process.execPath, ['--input-type=module', '-e', text], { encoding: 'utf8' }))

test('globals that Node loads late are not loaded by looking for others, and travel all the same', () => {
  const [early, late, same, member, hex] = run(program) as [boolean, boolean, boolean, boolean, string]
  expect([early, late, same, member]).toEqual([false, true, true, true])
  expect(run(other(hex))).toBe(true)
})
