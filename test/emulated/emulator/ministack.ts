import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { get } from 'node:https'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { freePort } from './free-port.ts'
import { Started } from './started.ts'

const run = promisify(execFile)

/** The version that the stories were written against; a newer one may do more, or less. */
const VERSION = '1.5.33'
const SERVICES = [
  ['s3', 'sqs', 'dynamodb', 'dynamodbstreams', 'lambda', 'iam', 'sts', 'ssm', 'cloudformation'],
  ['apigateway', 'apigatewayv2', 'scheduler', 'logs', 'ecr', 'events', 'secretsmanager'],
].flat()
const cache = fileURLToPath(new URL(`../../../node_modules/.cache/picloud/ministack-${VERSION}`, import.meta.url))

const script = fileURLToPath(new URL('start-ministack.py', import.meta.url))

/** Makes a virtual environment with MiniStack in it, once; returns its Python. */
async function installMiniStack(): Promise<string> {
  const python = join(cache, 'bin', 'python')
  if (existsSync(join(cache, 'bin', 'ministack'))) return python
  mkdirSync(dirname(cache), { recursive: true })
  await run('python3', ['-m', 'venv', '--clear', cache])
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', `ministack==${VERSION}`]
  await run(python, pip)
  return python
}

export interface MiniStack extends AsyncDisposable {
  readonly endpoint: string
  /** PEM of what it shows that it is itself, which only those trust who are told. */
  readonly certificate: string
  output(): string
}

/**
 * Starts it on the loopback interface, as strict as it can be: over TLS, and with every permission checked. It runs functions
 * under the Node that runs this.
 */
export async function startMiniStack(folder: string): Promise<MiniStack> {
  const python = await installMiniStack()
  const port = await freePort()
  const endpoint = `https://127.0.0.1:${port}`
  const certificate = join(folder, 'functions', 'ministack-tls', 'server.crt')
  const temporary = join(folder, 'functions')
  mkdirSync(temporary, { recursive: true })
  const started = await Started.start({
    command: python,
    args: [script],
    env: {
      PATH: `${dirname(process.execPath)}:${process.env['PATH']}`,
      HOME: folder,
      TMPDIR: temporary,
      BIND_HOST: '127.0.0.1',
      USE_SSL: '1',
      AUTH: 'true',
      GATEWAY_PORT: String(port),
      SERVICES: SERVICES.join(','),
      S3_DATA_DIR: join(folder, 's3'),
    },
    // What functions print is in it too: set the variable to keep it.
    log: process.env['PICLOUD_EMULATOR_LOG'] ?? join(folder, 'ministack.log'),
    isReady: () => answers(`${endpoint}/_ministack/health`, certificate),
    patience: 60_000,
  })
  return {
    endpoint,
    certificate,
    output: () => started.output(),
    [Symbol.asyncDispose]: () => started[Symbol.asyncDispose](),
  }
}

/** Whether it answers, by a name that its certificate has. */
async function answers(url: string, certificate: string): Promise<boolean> {
  const { promise, resolve, reject } = Promise.withResolvers<boolean>()
  get(url, { ca: readFileSync(certificate) }, answer => {
    answer.resume()
    resolve(answer.statusCode === 200)
  }).on('error', reject)
  return await promise
}
