import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test, vi } from 'vitest'
import cloud, * as entry from '../../lib/index.ts'
import mp from '../../lib/mp.ts'

afterEach(() => {
  vi.unstubAllEnvs()
})

test('the entry exports these names and no others', () => {
  expect(Object.keys(entry).sort()).toEqual([
    'CloudError',
    'CloudException',
    'CloudTimeoutError',
    'JidRange',
    'connect',
    'default',
    'job',
    'mp',
    'setkey',
    'startSimulator',
  ])
  expect(Object.keys(cloud).sort()).toEqual([
    'account',
    'call',
    'close',
    'completed',
    'config',
    'connect',
    'connectionInfo',
    'cron',
    'delete',
    'env',
    'explain',
    'files',
    'getConfigPath',
    'info',
    'iresult',
    'isSimulated',
    'jobs',
    'join',
    'kill',
    'map',
    'mp',
    'pool',
    'ref',
    'refs',
    'rest',
    'result',
    'runningOnCloud',
    'setkey',
    'startSimulator',
    'status',
    'with',
  ])
  expect(entry.CloudError).toBe(entry.CloudException)
  expect(entry.job).toBeUndefined()
  expect(mp).toBe(cloud.mp)
})

describe('configuration', () => {
  test('with no key set, cloud says what to do', async () => {
    vi.stubEnv('PICLOUD_API_KEY', undefined)
    vi.stubEnv('PICLOUD_URL', undefined)
    const error = await cloud.call(() => 1).catch((caught: unknown) => caught)
    expect(error).toMatchObject({ code: 'not-configured' })
    const { message } = error as Error
    for (const way of ['cloud.mp', 'startSimulator', 'PICLOUD_API_KEY', 'setkey']) expect(message).toContain(way)
    expect(cloud.connectionInfo()).toEqual({ type: 'none' })
    expect([cloud.isSimulated(), cloud.runningOnCloud()]).toEqual([false, false])
  })

  test('the environment configures it', () => {
    vi.stubEnv('PICLOUD_API_KEY', '7')
    vi.stubEnv('PICLOUD_API_SECRETKEY', 'hush')
    vi.stubEnv('PICLOUD_URL', 'https://jobs.test')
    expect(cloud.connectionInfo()).toEqual({ type: 'https', url: 'https://jobs.test', key: '7' })
  })

  test('the simulator is on until setkey', () => {
    cloud.startSimulator()
    expect(cloud.isSimulated()).toBe(true)
    expect(cloud.connectionInfo()).toEqual({ type: 'simulation' })
    cloud.setkey(7, 'hush', { serverUrl: 'http://localhost:1' })
    expect(cloud.isSimulated()).toBe(false)
    expect(cloud.connectionInfo()).toEqual({ type: 'http', url: 'http://localhost:1', key: '7' })
    expect(() => cloud.setkey(7, 'hush', 'http://localhost:1' as never)).toThrow(/serverUrl/)
  })

  test('the same key again keeps the connection, unless it is to restart', async () => {
    const server = createServer((_request, response) => response.writeHead(401).end()).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const serverUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const codeOf = (call: Promise<unknown>) => call.then(String, (error: { code?: string }) => error.code)
    cloud.setkey(7, 'hush', { serverUrl })
    const kept = codeOf(cloud.result(5))
    cloud.setkey(7, 'hush', { serverUrl })
    expect(await kept).toBe('unauthorized')
    const dropped = codeOf(cloud.result(5))
    cloud.setkey(7, 'hush', { serverUrl, restart: true })
    expect(await dropped).toBe('closed')
    await cloud.close()
    server.closeAllConnections()
    server.close()
  })

  test('mp is one’s own processes', () => {
    expect(cloud.mp.connectionInfo()).toEqual({ type: 'multiprocessing' })
    expect(entry.connect({ workers: 3 }).connectionInfo()).toEqual({ type: 'multiprocessing', workers: 3 })
  })

  test('connect refuses what it can’t reach', async () => {
    expect(() => entry.connect({ workers: 0 })).toThrow(TypeError)
    expect(() => entry.connect({ workers: 1, url: 'http://localhost:1' })).toThrow(TypeError)
    await expect(entry.connect({ url: 'gopher://picloud.example', key: '1' }).call(() => 1)).rejects.toMatchObject({
      code: 'unsupported',
    })
    await expect(entry.connect({ url: 'nowhere', key: '1' }).call(() => 1)).rejects.toMatchObject({
      code: 'invalid-argument',
    })
  })
})
