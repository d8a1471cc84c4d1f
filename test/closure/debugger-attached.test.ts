import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { expect, test } from 'vitest'

const shapes = `
  import { capture } from ${JSON.stringify(new URL('../../lib/closure/capture.ts', import.meta.url).href)}
  class Shape { name = 's'; lexical() { return () => this.name }; pattern() { return ({ x }) => [this.name, x] } }
  const counter = () => { let n = 0; return { up: () => ++n, now: () => n } }
  const one = counter()
  const [lexical, pattern] = [new Shape().lexical(), new Shape().pattern()]
  const outcome = fn => { try { return 'works: ' + capture(fn).name } catch (error) { return error.code + ': ' + error.reason } }
  const outcomes = () => [() => counter, () => [one.up(), one.now()], () => lexical(), () => pattern({ x: 1 })].map(outcome)
`
/** Tells what came of it when it is told to go. */
const program = `${shapes}
  import { once } from 'node:events'
  await once(process.stdin, 'data')
  console.log(JSON.stringify(outcomes()))
  process.exit()
`
const inThread = `
  import { once } from 'node:events'
  import { Worker } from 'node:worker_threads'
  const told = ${JSON.stringify(`${shapes}
    import { parentPort } from 'node:worker_threads'
    parentPort.once('message', () => parentPort.postMessage(outcomes()))
  `)}
  const worker = new Worker(new URL('data:text/javascript,' + encodeURIComponent(told)))
  await once(process.stdin, 'data')
  worker.postMessage('go')
  console.log(JSON.stringify((await once(worker, 'message'))[0]))
  process.exit()
`
const opens = "import { open } from 'node:inspector'\nopen(0, '127.0.0.1')\n"

const ways: readonly (readonly [name: string, flags: readonly string[], text: string])[] = [
  ['--inspect', ['--inspect=127.0.0.1:0'], program],
  ['inspector.open() in the program', [], opens + program],
  ['--inspect, in a thread', ['--inspect=127.0.0.1:0'], inThread],
  ['inspector.open(), in a thread', [], opens + inThread],
]

/** All of it works: what a pause would tell is told by a snapshot of the heap. */
const works = ['works: (anonymous)', 'works: (anonymous)', 'works: (anonymous)', 'works: (anonymous)']

test.each(ways)('nobody attached: %s', async (_name, flags, text) => {
  await using started = start(flags, text)
  await firstLine(started.child.stderr, /ws:\S+/)
  expect(await started.go()).toEqual(works)
})

test.each(ways)('a debugger attached that answers no pause: %s', async (_name, flags, text) => {
  await using started = start(flags, text)
  const client = new WebSocket(await firstLine(started.child.stderr, /ws:\S+/))
  try {
    await attached(client, text === inThread || text === opens + inThread)
    expect(await started.go()).toEqual(works)
  } finally {
    client.close()
  }
})

interface Started extends AsyncDisposable {
  readonly child: ChildProcessWithoutNullStreams
  go(): Promise<unknown>
}

function start(flags: readonly string[], text: string): Started {
  const child = spawn(process.execPath, [...flags, '--input-type=module', '-e', text])
  return {
    child,
    async go() {
      child.stdin.write('go\n')
      return JSON.parse(await firstLine(child.stdout, /^\[.*/))
    },
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL')
    },
  }
}

/** Resolves once the debugger is on, for the program or for its thread. */
async function attached(client: WebSocket, forThread: boolean): Promise<void> {
  const enable = JSON.stringify({ id: 1, method: 'Debugger.enable' })
  const { promise, resolve } = Promise.withResolvers<void>()
  client.addEventListener('open', () => {
    client.send(
      forThread
        ? JSON.stringify({ id: 2, method: 'NodeWorker.enable', params: { waitForDebuggerOnStart: false } })
        : enable,
    )
  })
  client.addEventListener('message', ({ data }) => {
    const { id, method, params } = JSON.parse(String(data))
    if (id === 1) resolve()
    if (method === 'NodeWorker.attachedToWorker') {
      const { sessionId } = params
      client.send(
        JSON.stringify({ id: 3, method: 'NodeWorker.sendMessageToWorker', params: { sessionId, message: enable } }),
      )
    }
    if (method === 'NodeWorker.receivedMessageFromWorker' && JSON.parse(params.message).id === 1) resolve()
  })
  await promise
}

async function firstLine(stream: NodeJS.ReadableStream, pattern: RegExp): Promise<string> {
  for await (const line of createInterface({ input: stream })) {
    const found = pattern.exec(line)
    if (found !== null) return found[0]
  }
  throw new Error('it ended without such a line')
}
