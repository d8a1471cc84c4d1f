import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { connect } from '../../lib/index.ts'
import { freshFolder } from './fresh-folder.ts'
import { type Service, type ServiceOptions, spawnService, startService } from './service.ts'

async function start(options: ServiceOptions): Promise<Service> {
  const service = await startService(options)
  onTestFinished(() => service.stop('SIGKILL').then(() => undefined))
  return service
}

/** Notes each run in a file, and goes on until the file is there that lets it end. */
async function noted(log: string, gate: string, value: string): Promise<string> {
  appendFileSync(log, `${value}\n`)
  while (!existsSync(gate)) await sleep(10)
  return value
}

const linesOf = (file: string): string[] => (existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [])

test.each([
  ['SIGTERM', ['--grace', '0'], 0],
  ['SIGINT', ['--grace', '0'], 0],
  ['SIGKILL', [], null],
] as const)('who waits across a restart gets the result: %s', async (signal, args, code) => {
  const folder = freshFolder()
  const [log, gate] = [join(folder, 'log'), join(folder, 'gate')]
  const first = await start({ folder, args })
  await using cloud = first.client()
  const jid = await cloud.call(noted, log, gate, 'one')
  const queued = await cloud.with({ dependsOn: jid }).call((value: string) => `${value}, two`, cloud.ref(jid))
  const results = Promise.all([cloud.result(jid), cloud.result(queued)])
  await expect.poll(() => linesOf(log), { timeout: 20_000 }).toEqual(['one'])
  expect(await first.stop(signal)).toBe(code)
  appendFileSync(gate, '')
  await start({ folder, port: first.port })
  expect(await results).toEqual(['one', 'one, two'])
  expect(linesOf(log)).toEqual(['one', 'one'])
  const { [Number(jid)]: info } = await cloud.info(jid, ['attempts', 'status'])
  expect(info).toEqual({ attempts: signal === 'SIGKILL' ? 2 : 1, status: 'done' })
})

test('jobs that run when it is told to stop may end; no other begins', async () => {
  const folder = freshFolder()
  const [log, gate] = [join(folder, 'log'), join(folder, 'gate')]
  const first = await start({ folder, workers: 1, args: ['--grace', '60'] })
  await using cloud = first.client()
  const running = await cloud.call(noted, log, gate, 'running')
  await expect.poll(() => linesOf(log), { timeout: 20_000 }).toEqual(['running'])
  const stopped = first.stop()
  await expect.poll(first.output).toContain('Stopping')
  const late = await cloud.call(noted, log, gate, 'late')
  appendFileSync(gate, '')
  expect(await cloud.result(running)).toBe('running')
  expect(await stopped).toBe(0)
  expect(linesOf(log)).toEqual(['running'])
  await start({ folder, port: first.port })
  expect(await cloud.result(late)).toBe('late')
})

test('told to stop twice, it stops at once, and its jobs with it', async () => {
  const folder = freshFolder()
  const log = join(folder, 'log')
  const service = await start({ folder })
  await using cloud = service.client()
  await cloud.call(() => {
    appendFileSync(log, String(process.pid))
    for (;;);
  })
  await expect.poll(() => linesOf(log), { timeout: 20_000 }).not.toEqual([])
  const stopped = service.stop('SIGINT')
  await expect.poll(service.output).toContain('Stopping')
  service.process.kill('SIGINT')
  expect(await stopped).toBe(130)
  const isAlive = (): boolean => {
    try {
      process.kill(Number(linesOf(log)[0]), 0)
      return true
    } catch {
      return false
    }
  }
  await expect.poll(isAlive, { timeout: 10_000 }).toBe(false)
})

test('what may not run twice is lost with a killed service, and says so', async () => {
  const folder = freshFolder()
  const log = join(folder, 'log')
  const first = await start({ folder })
  await using cloud = first.client()
  const jid = await cloud.with({ restartable: false }).call(noted, log, join(folder, 'never'), 'once')
  const result = cloud.result(jid).catch((error: unknown) => error)
  await expect.poll(() => linesOf(log), { timeout: 20_000 }).toEqual(['once'])
  await first.stop('SIGKILL')
  await start({ folder, port: first.port })
  expect(await result).toMatchObject({ code: 'lost', jid: Number(jid) })
  expect(linesOf(log)).toEqual(['once'])
})

test('a service that dies with a call that it has not answered yet loses nothing: the call comes again', async () => {
  const folder = freshFolder()
  const log = join(folder, 'log')
  const first = await start({ folder })
  await using cloud = first.client()
  /** The first time its service dies under it, so soon that nothing of it may be kept yet. */
  const deadly = (file: string, service: number | undefined): string => {
    const isFirst = !existsSync(file)
    appendFileSync(file, 'began\n')
    if (isFirst && service !== undefined) process.kill(service, 'SIGKILL')
    return 'survived'
  }
  // Its child runs by then, with this function.
  expect(await cloud.call(deadly, join(folder, 'other'), undefined).result()).toBe('survived')
  const result = cloud.call(deadly, log, first.process.pid).result()
  await expect.poll(() => first.process.signalCode, { timeout: 20_000 }).toBe('SIGKILL')
  await start({ folder, port: first.port })
  expect(await result).toBe('survived')
  expect(linesOf(log)).toEqual(['began', 'began'])
  const [row] = await cloud.jobs({ limit: 1 })
  expect(row?.status).toBe('done')
})

test('a second process on the same folder is refused, and harms nothing', async () => {
  const folder = freshFolder()
  const service = await start({ folder })
  const second = spawnService({ folder }, ['--port', '0'])
  expect(await second.ended).toBe(1)
  expect(second.output()).toContain(`Another process has the folder ${folder} in use.`)
  await using cloud = service.client()
  expect(await cloud.call(() => 'still here').result()).toBe('still here')
})

test('a port that is taken is named, and the folder is free again', async () => {
  const service = await start({ folder: freshFolder() })
  const folder = freshFolder()
  const second = spawnService({ folder }, ['--port', String(service.port)])
  expect(await second.ended).toBe(1)
  expect(second.output()).toContain(`Port ${service.port} of 127.0.0.1 is in use.`)
  await using cloud = (await start({ folder })).client()
  expect(await cloud.call(() => 'free').result()).toBe('free')
})

test('a submit whose answer is lost on its way comes again as the same jobs', async () => {
  const folder = freshFolder()
  const log = join(folder, 'log')
  const service = await start({ folder })
  let cut = 0
  // Lets requests through, and loses the first answer to a submit.
  const pass = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await buffer(incoming)
    const { method = '', url = '', headers } = incoming
    const answer = await fetch(service.url + url, {
      method,
      headers: { authorization: headers.authorization ?? '', 'content-type': headers['content-type'] ?? '' },
      ...(method === 'POST' && { body }),
    })
    const given = Buffer.from(await answer.arrayBuffer())
    if (method === 'POST' && url === '/v1/jobs' && cut++ === 0) response.destroy()
    else response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' }).end(given)
  }
  const proxy = createServer((incoming, response) => void pass(incoming, response)).listen(0, '127.0.0.1')
  onTestFinished(() => void proxy.close())
  await expect.poll(() => proxy.listening).toBe(true)
  const direct = service.client()
  await using _ = direct
  const { key, secret } = JSON.parse(readFileSync(join(folder, 'config.json'), 'utf8'))
  const url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`
  await using cloud = connect({ url, key, secret })
  const jids = await cloud.map((value: number) => appendFileSync(log, `${value}\n`), [1, 2, 3])
  await cloud.result(jids)
  expect(cut).toBe(2)
  expect(linesOf(log).sort()).toEqual(['1', '2', '3'])
  expect((await direct.jobs()).map(row => [...row.jids].map(Number))).toEqual([[...jids].map(Number)])
})

test('a job sees no key and no setting of its service', async () => {
  const folder = freshFolder()
  const service = await start({ folder, environment: { PICLOUD_API_SECRETKEY: 'hush', AWS_SECRET_ACCESS_KEY: 'hush' } })
  await using cloud = service.client()
  const environment = await cloud.call(() => JSON.stringify(process.env)).result()
  const { secret } = JSON.parse(readFileSync(join(folder, 'config.json'), 'utf8'))
  expect(environment).toContain('PATH')
  for (const hidden of ['PICLOUD', 'hush', secret]) expect(environment).not.toContain(hidden)
})
