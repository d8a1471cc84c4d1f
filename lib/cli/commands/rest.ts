import type { Command } from 'commander'
import { Option } from 'commander'
import type { PublishOptions } from '../../client/service/rest.ts'
import { CloudException } from '../../protocol/errors.ts'
import type { Action } from '../action.ts'
import { exitCode } from '../exit-code.ts'
import { table } from '../terminal.ts'

interface PublishCommandOptions {
  readonly export: string
  readonly raw?: boolean
  readonly maxRuntime?: PublishOptions['maxRuntime']
}

/** Commands for functions that anybody with a key may call by HTTP. */
export function addRestCommands(program: Command, action: Action): void {
  const rest = program.command('rest').description('Functions that others call by HTTP, from any language.')
  rest
    .command('publish')
    .description('Publish the function that a file exports, and print its URL.')
    .argument('<file>', 'a JavaScript or TypeScript module')
    .argument('<label>', 'its label: letters, digits and - . _ ~')
    .option('--export <name>', 'which export of the file', 'default')
    .option('--raw', 'answer its text or bytes as they are, not as JSON')
    .addOption(new Option('--max-runtime <duration>', 'end a call after this: 90s, 5m'))
    .action(
      action(async ({ cloud, print }, file: string, label: string, options: PublishCommandOptions) => {
        const { exportedFunction } = await import('../exported-function.ts')
        const { raw = false, maxRuntime } = options
        const url = await (await cloud()).rest.publish(await exportedFunction(file, options.export), label, {
          ...(raw && { outEncoding: 'raw' as const }),
          ...(maxRuntime !== undefined && { maxRuntime }),
        })
        print({ label, url }, () => `${url}\n`)
        return exitCode.ok
      }),
    )
  rest
    .command('list')
    .description('What is published.')
    .action(
      action(async ({ cloud, print }) => {
        print(await (await cloud()).rest.list(), labels => labels.map(label => `${label}\n`).join(''))
        return exitCode.ok
      }),
    )
  rest
    .command('info')
    .description('What a label calls, and with which arguments.')
    .argument('<label>')
    .action(
      action(async ({ cloud, print }, label: string) => {
        print(await (await cloud()).rest.info(label), ({ url, description, parameters }) => {
          const rows = parameters.map(({ name, type, required }) => [name, type, required ? 'required' : 'optional'])
          return `${url}\n${description === undefined ? '' : `${description}\n`}${table(rows)}`
        })
        return exitCode.ok
      }),
    )
  rest
    .command('invoke')
    .description('A job of it, with arguments by name; prints the jid.')
    .argument('<label>')
    .argument('[arguments]', 'a JSON object')
    .action(
      action(async ({ cloud, print }, label: string, text?: string) => {
        const jid = await (await cloud()).rest.invoke(label, argumentsOf(text))
        print({ jid: Number(jid) }, () => `${jid}\n`)
        return exitCode.ok
      }),
    )
  rest
    .command('remove')
    .description('Take it back. Its jobs go on.')
    .argument('<label>')
    .action(
      action(async ({ cloud, print }, label: string) => {
        await (await cloud()).rest.remove(label)
        print({ removed: label }, () => `Nothing is published as ${label} any more.\n`)
        return exitCode.ok
      }),
    )
}

function argumentsOf(text: string | undefined): Readonly<Record<string, unknown>> {
  if (text === undefined) return {}
  try {
    const read: unknown = JSON.parse(text)
    if (typeof read === 'object' && read !== null && !Array.isArray(read)) return { ...read }
  } catch {
    // Said below.
  }
  throw new CloudException(`The arguments are no JSON object: ${text.slice(0, 60)}`, { code: 'invalid-argument' })
}
