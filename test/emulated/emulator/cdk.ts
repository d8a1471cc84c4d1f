import { execFile } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)
const root = fileURLToPath(new URL('../../..', import.meta.url))
const program = join(dirname(createRequire(import.meta.url).resolve('aws-cdk/package.json')), 'bin', 'cdk')

export const ACCOUNT = '000000000000'
export const REGION = 'us-east-1'

/** What tells the CLI and the SDK to talk to the emulator. */
export function awsEnvironment(endpoint: string): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: REGION,
    AWS_DEFAULT_REGION: REGION,
  }
}

export interface CdkOptions {
  readonly endpoint: string
  readonly certificate: string
  readonly cwd?: string
}

/** The real command line of CDK: throws with all that it printed when it fails. */
export async function cdk(args: readonly string[], { endpoint, certificate, cwd = root }: CdkOptions): Promise<void> {
  const env = {
    PATH: `${dirname(process.execPath)}:${process.env['PATH']}`,
    HOME: process.env['HOME'],
    CI: 'true',
    CDK_DISABLE_CLI_TELEMETRY: 'true',
    NODE_EXTRA_CA_CERTS: certificate,
    ...awsEnvironment(endpoint),
  }
  const flags = ['--no-color', '--no-notices', '--progress', 'events']
  try {
    await run(process.execPath, [program, ...args, ...flags], { cwd, env, maxBuffer: 2 ** 26 })
  } catch (cause) {
    const { stdout, stderr } = cause as { stdout?: string; stderr?: string }
    throw new Error(`cdk ${args[0]} failed:\n${stdout}\n${stderr}`, { cause })
  }
}
