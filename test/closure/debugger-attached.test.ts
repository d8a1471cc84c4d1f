import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { expect, test } from 'vitest'

const program = `
  import { once } from 'node:events'
  import { capture } from ${JSON.stringify(new URL('../../lib/closure/capture.ts', import.meta.url).href)}
  class Shape { name = 's'; lexical() { return () => this.name } }
  const counter = () => { let n = 0; return { up: () => ++n, now: () => n } }
  const one = counter()
  const lexical = new Shape().lexical()
  const outcome = fn => { try { return 'works: ' + capture(fn).name } catch (error) { return error.code + ': ' + error.reason } }
  await once(process.stdin, 'data')
  console.log(JSON.stringify([outcome(() => counter), outcome(() => [one.up(), one.now()]), outcome(() => lexical())]))
  process.exit()
`

test('with a debugger attached from outside nothing hangs: it works, or is refused by name', async () => {
  const child = spawn(process.execPath, ['--inspect=127.0.0.1:0', '--input-type=module', '-e', program])
  try {
    const address = await firstLine(child.stderr, /ws:\S+/)
    const client = new WebSocket(address)
    const answered = Promise.withResolvers<void>()
    client.addEventListener('message', () => answered.resolve())
    client.addEventListener('open', () => {
      client.send(JSON.stringify({ id: 1, method: 'Debugger.enable' }))
    })
    await answered.promise
    // It stays attached, and answers no pause.
    child.stdin.write('go\n')
    const [plain, ...others] = JSON.parse(await firstLine(child.stdout, /^\[.*/)) as string[]
    expect(plain).toMatch(/^works/)
    for (const other of others) expect(other).toMatch(/^works|^capture: .*can’t be/)
    client.close()
  } finally {
    child.kill('SIGKILL')
  }
})

async function firstLine(stream: NodeJS.ReadableStream, pattern: RegExp): Promise<string> {
  for await (const line of createInterface({ input: stream })) {
    const found = pattern.exec(line)
    if (found !== null) return found[0]
  }
  throw new Error('it ended without such a line')
}
