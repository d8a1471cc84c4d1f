import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb'
import { afterAll, beforeAll, expect, test } from 'vitest'
import mp from '../../../lib/mp.ts'

let server: Server
let endpoint: string
let asked = 0

beforeAll(async () => {
  server = createServer((_request, response) => {
    asked++
    response.setHeader('content-type', 'application/x-amz-json-1.0').end(JSON.stringify({ TableNames: ['jobs'] }))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

test('a client of the AWS SDK at the top of a file goes along, also once it was used and has connections', async () => {
  const credentials = { accessKeyId: 'id', secretAccessKey: 'secret' }
  const client = new DynamoDBClient({ region: 'eu-west-1', endpoint, credentials })
  const list = async (): Promise<readonly string[]> => (await client.send(new ListTablesCommand({}))).TableNames ?? []
  expect(await mp.call(list).result()).toEqual(['jobs'])
  expect(await list()).toEqual(['jobs'])
  expect(await mp.call(list).result()).toEqual(['jobs'])
  expect(asked).toBe(3)
  client.destroy()
})
