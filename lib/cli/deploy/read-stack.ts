import type { Stack } from '@aws-sdk/client-cloudformation'
import { firstKey, outputs } from '../../aws/environment.ts'
import type { ConfigValues } from '../../client/config/config-options.ts'
import { CloudException } from '../../protocol/errors.ts'
import { awsFailure } from './aws-failure.ts'
import { type Executors, quotaAdvice } from './quota.ts'

export interface SetupOptions {
  /** Name of the deployed stack. */
  readonly stack: string
  /** Default: as every AWS tool finds it. */
  readonly region?: string | undefined
}

/** What setup finds out. */
export interface Found {
  readonly config: Required<Pick<ConfigValues, 'url' | 'key' | 'secret'>>
  /** What the user should know of the account, if anything: whole lines. */
  readonly advice: string | undefined
}

/**
 * Reads where a deployed stack answers, the first key from its secret, and what the account lets it use, as whoever the caller
 * is to AWS.
 * @throws {CloudException} `not-found` when there is no such stack, `not-configured` when it is none of PiCloud, an AWS package,
 *   a region or credentials are missing, and what `awsFailure` knows
 */
export async function readStack(options: SetupOptions): Promise<Found> {
  try {
    return await read(options)
  } catch (error) {
    throw awsFailure(error)
  }
}

async function read({ stack, region }: SetupOptions): Promise<Found> {
  const aws = { ...(region !== undefined && { region }) }
  const { CloudFormationClient, DescribeStacksCommand } = await load(() => import('@aws-sdk/client-cloudformation'))
  const { SecretsManagerClient, GetSecretValueCommand } = await load(() => import('@aws-sdk/client-secrets-manager'))
  using formation = disposable(new CloudFormationClient(aws))
  const found = await formation.client.send(new DescribeStacksCommand({ StackName: stack })).catch((cause: unknown) => {
    if ((cause as Error).name !== 'ValidationError') throw cause
    throw new CloudException(`There is no stack ${stack} in this account and region.`, {
      code: 'not-found',
      hint: 'Deploy it with cdk deploy, or say which with --stack and --region.',
      cause,
    })
  })
  const [one] = found.Stacks ?? []
  using secrets = disposable(new SecretsManagerClient(aws))
  const SecretId = outputOf(one, stack, outputs.keySecret)
  const { SecretString = '{}' } = await secrets.client.send(new GetSecretValueCommand({ SecretId }))
  const kept: Readonly<Record<string, unknown>> = JSON.parse(SecretString)
  const url = outputOf(one, stack, outputs.url)
  const config = { url, key: String(kept[firstKey.idMember]), secret: String(kept[firstKey.secretMember]) }
  const executors = {
    ordinary: Number(outputOf(one, stack, outputs.executors)),
    highCpu: Number(outputOf(one, stack, outputs.highCpuExecutors)),
  }
  return { config, advice: await adviceOn(executors, aws) }
}

/** What the account's quota means for so many executors; that it can't be read is no reason to fail. */
async function adviceOn(executors: Executors, aws: { readonly region?: string }): Promise<string | undefined> {
  try {
    const { LambdaClient, GetAccountSettingsCommand } = await import('@aws-sdk/client-lambda')
    using lambda = disposable(new LambdaClient(aws))
    const { AccountLimit } = await lambda.client.send(new GetAccountSettingsCommand({}))
    const quota = AccountLimit?.ConcurrentExecutions
    return quota === undefined ? undefined : quotaAdvice({ quota, ...executors })
  } catch (error) {
    return `How many functions this account may run at a time could not be read: ${(error as Error).message}\n`
  }
}

function outputOf(found: Stack | undefined, stack: string, name: string): string {
  const value = found?.Outputs?.find(({ OutputKey }) => OutputKey === name)?.OutputValue
  if (value !== undefined) return value
  throw new CloudException(`The stack ${stack} is none of PiCloud, or not deployed yet: it has no output ${name}.`, {
    code: 'not-configured',
  })
}

async function load<Module>(importing: () => Promise<Module>): Promise<Module> {
  try {
    return await importing()
  } catch (cause) {
    throw new CloudException('picloud setup talks to AWS by packages that are not installed.', {
      code: 'not-configured',
      hint: 'npm install @aws-sdk/client-cloudformation @aws-sdk/client-secrets-manager',
      cause,
    })
  }
}

function disposable<Client extends { destroy(): void }>(client: Client): Disposable & { readonly client: Client } {
  return { client, [Symbol.dispose]: () => client.destroy() }
}
