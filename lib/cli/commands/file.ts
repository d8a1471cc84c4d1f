import type { Command } from 'commander'
import type { Action } from '../action.ts'
import type { Context } from '../context.ts'
import { exitCode } from '../exit-code.ts'
import { Transfer } from '../print/transfer.ts'

/** Commands for the files of the service. */
export function addFileCommands(program: Command, action: Action): void {
  const files = program.command('files').description('Files of the service, by name.')
  files
    .command('list')
    .description('Names, in their order.')
    .argument('[prefix]', 'only those that begin with this')
    .action(
      action(async ({ cloud, print }, prefix?: string) => {
        print(await (await cloud()).files.list(prefix), names => names.map(name => `${name}\n`).join(''))
        return exitCode.ok
      }),
    )
  files
    .command('put')
    .description('Store a file of this machine.')
    .argument('<path>')
    .argument('[name]', 'default: the path’s last part')
    .action(action((context, path: string, name?: string) => transferred(context, 'put', path, name)))
  files
    .command('get')
    .description('Write a file to this machine.')
    .argument('<name>')
    .argument('[path]', 'default: the name’s last part, in this folder')
    .action(action((context, name: string, path?: string) => transferred(context, 'get', name, path)))
  files
    .command('sync-to-cloud')
    .description('Store a file of this machine if it differs.')
    .argument('<path>')
    .argument('[name]', 'default: the path’s last part')
    .action(action((context, path: string, name?: string) => transferred(context, 'syncToCloud', path, name)))
  files
    .command('sync-from-cloud')
    .description('Write a file to this machine if it differs.')
    .argument('<name>')
    .argument('[path]', 'default: the name’s last part, in this folder')
    .action(action((context, name: string, path?: string) => transferred(context, 'syncFromCloud', name, path)))
  files
    .command('md5')
    .description('The MD5 of a file.')
    .argument('<name>')
    .action(
      action(async ({ cloud, print }, name: string) => {
        print({ name, md5: await (await cloud()).files.getMd5(name) }, ({ md5 }) => `${md5}\n`)
        return exitCode.ok
      }),
    )
  files
    .command('delete')
    .description('Delete a file.')
    .argument('<name>')
    .action(
      action(async ({ cloud, print }, name: string) => {
        await (await cloud()).files.delete(name)
        print({ deleted: name }, () => `Deleted ${name}.\n`)
        return exitCode.ok
      }),
    )
}

type Way = 'put' | 'get' | 'syncToCloud' | 'syncFromCloud'

async function transferred(context: Context, way: Way, from: string, to: string | undefined) {
  const { files } = await context.cloud()
  const transfer = new Transfer(context.terminal, from)
  const options = { onProgress: transfer.told, signal: context.terminal.signal }
  const moved = await files[way](from, to, options).finally(() => transfer.end())
  const changed = moved !== false
  context.print({ from, changed }, () => (changed ? '' : `${from} is the same already.\n`))
  return exitCode.ok
}
