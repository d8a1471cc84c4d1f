import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { firstKey, outputs } from '../../../lib/aws/environment.ts'
import { ACCOUNT, cdk, REGION } from './cdk.ts'
import { emptyBuckets } from './empty-buckets.ts'
import { startHostProxy } from './host-proxy.ts'
import { startMiniStack } from './ministack.ts'
import { trust } from './trust.ts'

/** What the tests are told: all strings, as they go from process to process. */
export interface Deployment {
  /** Where the API answers over HTTP. */
  readonly url: string
  readonly apiFunction: string
  readonly key: string
  readonly secret: string
  /** Of the emulator. */
  readonly endpoint: string
  /** File of the emulator's certificate. */
  readonly certificate: string
  readonly region: string
  /** Folder of the emulator's log. */
  readonly folder: string
}

const STACK = 'PiCloudTest'

/** Megabytes of `/tmp`: as few as may be, so that a test can fill it. */
export const EXECUTOR_STORAGE = 512

/** Starts the emulator and deploys the stack into it; what is handed back undoes all of it, in turn. */
export async function deploy(): Promise<AsyncDisposable & Deployment> {
  await using stack = new AsyncDisposableStack()
  const folder = await mkdtemp(join(tmpdir(), 'picloud-aws-'))
  stack.defer(() => rm(folder, { recursive: true, force: true, maxRetries: 10 }))
  const emulator = stack.use(await startMiniStack(folder))
  const { endpoint, certificate } = emulator
  trust(certificate)
  const elsewhere = join(folder, 'bootstrap')
  await mkdir(elsewhere)
  await cdk(['bootstrap', `aws://${ACCOUNT}/${REGION}`], { endpoint, certificate, cwd: elsewhere })
  const deployed = await deployStack(STACK, { endpoint, certificate, folder })
  stack.use(deployed)
  const undo = stack.move()
  return {
    ...deployed,
    endpoint,
    certificate,
    region: REGION,
    folder,
    [Symbol.asyncDispose]: () => undo.disposeAsync(),
  }
}

/** Where an emulator is that runs, and a folder for what CDK writes. */
export type Emulator = Pick<Deployment, 'endpoint' | 'certificate' | 'folder'>

export interface DeployedStack extends Pick<Deployment, 'url' | 'apiFunction' | 'key' | 'secret'> {}

/** One more stack in an emulator that runs; what is handed back destroys it. */
export async function deployStack(name: string, emulator: Emulator): Promise<AsyncDisposable & DeployedStack> {
  await using stack = new AsyncDisposableStack()
  const { endpoint, certificate, folder } = emulator
  // A function's whole time, as short as it may be, so that a test can wait for its end.
  // The emulator starts as many executors at once as it may, each with a child: a small machine has room for few.
  const executor = { timeout: 60, storage: EXECUTOR_STORAGE, batchSize: 10, scaling: { maxConcurrency: 3 }, burst: 1 }
  // The emulator runs functions on this machine, whatever they ask for: native code is for this one.
  const architecture = process.arch === 'x64' ? 'x86_64' : 'arm64'
  const highCpuExecutor = { scaling: { maxConcurrency: 2 }, burst: 1 }
  const options = { removalPolicy: 'destroy', executor: { ...executor, architecture }, highCpuExecutor }
  const context = ['-c', `stack=${name}`, '-c', `picloud=${JSON.stringify(options)}`, '-o', join(folder, `${name}.out`)]
  const told = join(folder, `${name}.json`)
  await cdk(['deploy', name, '--require-approval', 'never', '--outputs-file', told, ...context], {
    endpoint,
    certificate,
  })
  stack.defer(async () => {
    await emptyBuckets(endpoint, name)
    await cdk(['destroy', name, '--force', ...context], { endpoint, certificate })
  })
  const found: Record<string, string> = JSON.parse(await readFile(told, 'utf8'))[name]
  const proxy = stack.use(await startHostProxy(required(found, outputs.url), certificate))
  const deployed: DeployedStack = {
    url: proxy.url,
    apiFunction: required(found, outputs.apiFunction),
    ...(await firstKeyOf(required(found, outputs.keySecret), endpoint)),
  }
  const undo = stack.move()
  return { ...deployed, [Symbol.asyncDispose]: () => undo.disposeAsync() }
}

function required(found: Record<string, string>, name: string): string {
  const value = found[name]
  if (value === undefined) throw new Error(`The stack has no output ${name}: ${JSON.stringify(found)}`)
  return value
}

async function firstKeyOf(secretId: string, endpoint: string): Promise<{ key: string; secret: string }> {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' }
  const secrets = new SecretsManagerClient({ endpoint, region: REGION, credentials })
  const { SecretString = '{}' } = await secrets.send(new GetSecretValueCommand({ SecretId: secretId }))
  const read: Record<string, unknown> = JSON.parse(SecretString)
  return { key: String(read[firstKey.idMember]), secret: String(read[firstKey.secretMember]) }
}
