import type { Command } from 'commander'
import { Option } from 'commander'
import type { Action } from '../action.ts'
import { exitCode } from '../exit-code.ts'

interface DeployOptions {
  readonly stack: string
  readonly options?: string
  readonly setup: boolean
}

/** Commands that put the stack into an AWS account and take it out, by CDK's own command. */
export function addDeployCommands(program: Command, action: Action): void {
  const options = () => new Option('--options <json>', 'of the construct, as {"endpoint":"function-url"}: docs/aws.md')
  program
    .command('deploy')
    .description('Deploy the stack into your AWS account, by your own AWS identity, and write your settings.')
    .argument('[cdk arguments...]', 'for CDK itself, behind --')
    .option('--stack <name>', 'the stack’s name', 'PiCloud')
    .addOption(options())
    .option('--no-setup', 'leave your settings as they are')
    .action(
      action(async ({ terminal, print, json }, more: readonly string[], { stack, options, setup }: DeployOptions) => {
        const { runCdk } = await import('../deploy/cdk.ts')
        if ((await runCdk('deploy', { stack, options, more, json }, terminal.signal)) !== 0) return exitCode.failed
        if (!setup) {
          print({ deployed: stack }, () => '')
          return exitCode.ok
        }
        const { readStack } = await import('../deploy/read-stack.ts')
        const { saveConfig } = await import('../../client/config/config-file.ts')
        const { config, advice } = await readStack({ stack })
        const { url, key } = config
        const file = saveConfig(config)
        print({ file, url, key, advice }, () => `${file} now names ${url} and key ${key}.\n`)
        if (advice !== undefined) terminal.error(`\n${advice}`)
        return exitCode.ok
      }),
    )
  program
    .command('destroy')
    .description('Take the stack out of your AWS account. Tables and buckets stay, unless it was deployed otherwise.')
    .argument('[cdk arguments...]', 'for CDK itself, behind --')
    .option('--stack <name>', 'the stack’s name', 'PiCloud')
    .addOption(options())
    .action(
      action(async ({ terminal, print, json }, more: readonly string[], { stack, options }: DeployOptions) => {
        const { runCdk } = await import('../deploy/cdk.ts')
        if ((await runCdk('destroy', { stack, options, more, json }, terminal.signal)) !== 0) return exitCode.failed
        print({ destroyed: stack }, () => '')
        return exitCode.ok
      }),
    )
}
