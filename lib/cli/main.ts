import { parseArgs } from 'node:util'
import { saveConfig } from '../client/config-file.ts'
import { CloudException } from '../protocol/errors.ts'
import { local } from './local.ts'
import { readStack } from './setup.ts'

const usage = `Usage: picloud local [--help]
       picloud setup [--stack NAME] [--region REGION]

local runs the service on this machine.
setup writes your configuration from a stack that was deployed with cdk deploy, by your own AWS identity.
The file is PICLOUD_CONFIG, or picloud/config.json in your folder for configuration.

  --stack   the stack's name; default PiCloud
  --region  where it was deployed; default: as every AWS tool finds it
  --help    this
`

/** What a command prints to. */
export interface Output {
  out(text: string): void
  error(text: string): void
}

/** Runs one command line, without the program's name; resolves to the exit code: 0, 1 = it failed, 2 = it was not understood. */
export async function main(args: readonly string[], { out, error }: Output): Promise<number> {
  if (args[0] === 'local') return await local(args.slice(1), { out, error })
  const given = parse(args)
  if (typeof given === 'string') {
    error(`${given}\n\n${usage}`)
    return 2
  }
  const { values, positionals } = given
  if (values.help === true) {
    out(usage)
    return 0
  }
  if (positionals.length !== 1 || positionals[0] !== 'setup') {
    error(usage)
    return 2
  }
  try {
    const { config, advice } = await readStack({ stack: values.stack, region: values.region })
    const file = saveConfig(config)
    out(`${file} now names ${config.url} and key ${config.key}. Try: cloud.call(() => 'hello').result()\n`)
    if (advice !== undefined) out(`\n${advice}`)
    return 0
  } catch (caught) {
    const known = CloudException.isCloudException(caught)
    error(`picloud setup failed: ${known ? caught.message : String(caught)}\n`)
    return 1
  }
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        stack: { type: 'string', default: 'PiCloud' },
        region: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    })
  } catch (caught) {
    return (caught as Error).message
  }
}
