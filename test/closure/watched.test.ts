import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const program = `
  import { capture } from ${JSON.stringify(new URL('../../lib/closure/capture.ts', import.meta.url).href)}
  const k = 2
  const counter = () => { let n = 0; return { up: () => ++n, now: () => n } }
  const one = counter()
  class Holder { lexical() { return () => this } }
  const outcome = fn => { try { return capture(fn).name } catch (error) { return error.reason } }
  const small = Holder.prototype.lexical.call(5)
  console.log(JSON.stringify([() => k, () => [one.up(), one.now()], new Holder().lexical(), small].map(outcome)))
`

test('where a debugger may be attached nothing is stopped: what needs it is found out otherwise, or refused by name', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--inspect=127.0.0.1:0',
    '--input-type=module',
    '-e',
    program,
  ])
  expect(JSON.parse(stdout)).toEqual([
    '(anonymous)',
    '(anonymous)',
    '(anonymous)',
    expect.stringMatching(/`this` of the function around it, which can’t be read/),
  ])
})
