import type { Command } from 'commander'
import { Argument } from 'commander'
import {
  type ConfigName,
  type ConfigValues,
  configNames,
  configOptions,
  defaults,
} from '../../client/config/config-options.ts'
import { CloudException } from '../../protocol/errors.ts'
import type { Action } from '../action.ts'
import { exitCode } from '../exit-code.ts'
import { table } from '../terminal.ts'

/** Commands for the settings. A secret is never printed. */
export function addConfigCommands(program: Command, action: Action): void {
  const config = program.command('config').description('Your settings, and where they come from.')
  const name = () => new Argument('<option>', 'an option').choices(configNames)
  config
    .command('list', { isDefault: true })
    .description('What holds, and where it comes from.')
    .action(
      action(async ({ print }) => {
        const { effective, sources } = await import('../../client/config/settings.ts')
        const all = sources()
        const rows = configNames.map(name => {
          const value = effective(name, all) ?? defaults[name]
          const source = Object.entries(all).find(([, values]) => values[name] !== undefined)?.[0] ?? 'default'
          return { name, value: name === 'secret' && value !== undefined ? '(hidden)' : value, source }
        })
        print(rows, all => {
          const cells = all.map(({ name, value, source }) => [name, String(value ?? ''), source])
          return table([['OPTION', 'VALUE', 'FROM'], ...cells])
        })
        return exitCode.ok
      }),
    )
  config
    .command('path')
    .description('Where your own file of settings is.')
    .action(
      action(async ({ print }) => {
        const { configPath } = await import('../../client/config/config-file.ts')
        print({ path: configPath() }, ({ path }) => `${path}\n`)
        return exitCode.ok
      }),
    )
  config
    .command('set')
    .description('Write an option into your own file.')
    .addArgument(name())
    .argument('<value>', 'its value; - takes it from standard input, so that a secret stays out of the history')
    .action(
      action(async ({ print, terminal }, option: ConfigName, given: string) => {
        const { saveConfig } = await import('../../client/config/config-file.ts')
        const text = given === '-' ? (await terminal.input()).trim() : given
        const { ofText, read, takes } = configOptions[option]
        const value = read(ofText?.(text) ?? text)
        if (value === undefined) throw new CloudException(`${option} takes ${takes}.`, { code: 'invalid-argument' })
        const file = saveConfig({ [option]: value } as ConfigValues)
        print({ file }, () => `Wrote ${option} into ${file}.\n`)
        return exitCode.ok
      }),
    )
  config
    .command('unset')
    .description('Take an option out of your own file.')
    .addArgument(name())
    .action(
      action(async ({ print }, option: ConfigName) => {
        const { saveConfig } = await import('../../client/config/config-file.ts')
        const file = saveConfig({ [option]: undefined })
        print({ file }, () => `Took ${option} out of ${file}.\n`)
        return exitCode.ok
      }),
    )
}
