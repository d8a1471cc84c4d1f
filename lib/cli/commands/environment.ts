import type { Command } from 'commander'
import type { Action } from '../action.ts'
import { exitCode } from '../exit-code.ts'
import { table } from '../terminal.ts'

/** Commands for packages that can't be bundled. */
export function addEnvironmentCommands(program: Command, action: Action): void {
  const env = program.command('env').description('Packages with native code, installed once for the workers.')
  env
    .command('create')
    .description('Install packages for the workers, under a name.')
    .argument('<name>', 'letters, digits and - . _ ~')
    .argument('<packages...>', 'as npm takes them')
    .action(
      action(async ({ cloud, print, terminal: { signal } }, name: string, packages: string[]) => {
        const info = await (await cloud()).env.create(name, { packages, signal })
        print(info, ({ size }) => `The environment ${name} has ${packages.join(', ')}: ${size} bytes.\n`)
        return exitCode.ok
      }),
    )
  env
    .command('list')
    .description('Names, in their order.')
    .action(
      action(async ({ cloud, print }) => {
        print(await (await cloud()).env.list(), names => names.map(name => `${name}\n`).join(''))
        return exitCode.ok
      }),
    )
  env
    .command('info')
    .description('The packages of an environment, and what their install said.')
    .argument('<name>')
    .action(
      action(async ({ cloud, print }, name: string) => {
        print(await (await cloud()).env.info(name), ({ packages, platform, size, hash, created, log }) => {
          const rows = [
            ['packages', packages.join(', ')],
            ['platform', Object.values(platform).join('/')],
            ['bytes', String(size)],
            ['archive', hash],
            ['created', created.toISOString()],
          ]
          return `${table(rows)}\n${log}`
        })
        return exitCode.ok
      }),
    )
  env
    .command('delete')
    .description('Forget an environment. Jobs that were submitted with it keep it.')
    .argument('<name>')
    .action(
      action(async ({ cloud, print }, name: string) => {
        await (await cloud()).env.delete(name)
        print({ deleted: name }, () => `Deleted ${name}.\n`)
        return exitCode.ok
      }),
    )
}
