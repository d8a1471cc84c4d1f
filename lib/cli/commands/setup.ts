import type { Command } from 'commander'
import type { Action } from '../action.ts'
import { exitCode } from '../exit-code.ts'

interface SetupOptions {
  readonly stack: string
  readonly region?: string
}

export function addSetupCommand(program: Command, action: Action): void {
  program
    .command('setup')
    .description('Write your settings from a stack that was deployed to AWS, by your own AWS identity.')
    .option('--stack <name>', 'the stack’s name', 'PiCloud')
    .option('--region <region>', 'where it was deployed; default: as every AWS tool finds it')
    .action(
      action(async ({ terminal, print }, { stack, region }: SetupOptions) => {
        const { readStack } = await import('../deploy/read-stack.ts')
        const { saveConfig } = await import('../../client/config/config-file.ts')
        const { config, advice } = await readStack({ stack, region })
        const { url, key } = config
        const file = saveConfig(config)
        print({ file, url, key, advice }, () => `${file} now names ${url} and key ${key}.\n`)
        if (advice !== undefined) terminal.error(`\n${advice}`)
        if (terminal.isInteractive) terminal.error(`Try: cloud.call(() => 'hello').result()\n`)
        return exitCode.ok
      }),
    )
}
