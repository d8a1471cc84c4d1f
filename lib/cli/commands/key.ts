import type { Command } from 'commander'
import { Argument, InvalidArgumentError, Option } from 'commander'
import type { Cloud } from '../../client/cloud-api.ts'
import type { ApiKey } from '../../client/service/account.ts'
import { CloudException } from '../../protocol/errors.ts'
import { type Scope, scopes } from '../../protocol/scope.ts'
import type { Action } from '../action.ts'
import type { Context } from '../context.ts'
import { exitCode } from '../exit-code.ts'
import { table } from '../terminal.ts'

interface UserOptions {
  readonly user?: string
}

interface CreateOptions extends UserOptions {
  readonly note?: string
  readonly scopes?: readonly Scope[]
}

/** Commands for keys: with a key of the scope `admin`, or as the admin user. */
export function addKeyCommands(program: Command, action: Action): void {
  const keys = program.command('keys').description('Keys of the service.')
  const one = () => new Argument('<key>', 'its id').argParser(keyId)
  asUser(keys.command('list'))
    .description('All keys, without their secrets.')
    .action(
      action(async (context, options: UserOptions) => {
        context.print(await (await accountOf(context, options)).apiKeys(), listed)
        return exitCode.ok
      }),
    )
  asUser(keys.command('create'))
    .description('Make a key, active at once. Its secret is printed this once.')
    .option('--note <text>', 'what it is for')
    .addOption(new Option('--scopes <list>', 'as submit,read,admin; default submit,read').argParser(scopeList))
    .action(
      action(async (context, { note, scopes, ...user }: CreateOptions) => {
        const account = await accountOf(context, user)
        const made = await account.createApiKey({ ...(note !== undefined && { note }), ...(scopes && { scopes }) })
        context.print(made, ({ apiKey, apiSecretkey }) => `key ${apiKey}\nsecret ${apiSecretkey}\n`)
        return exitCode.ok
      }),
    )
  const ways = [
    ['activate', 'Switch a key on.', 'activateApiKey'],
    ['deactivate', 'Switch a key off: it stops within a minute, wherever it is used.', 'deactivateApiKey'],
    ['delete', 'Delete a key for good.', 'deleteApiKey'],
  ] as const
  for (const [name, description, way] of ways) {
    asUser(keys.command(name))
      .description(description)
      .addArgument(one())
      .action(
        action(async (context, key: number, options: UserOptions) => {
          await (await accountOf(context, options))[way](key)
          context.print({ key, done: name }, () => '')
          return exitCode.ok
        }),
      )
  }
  asUser(keys.command('note'))
    .description('Say what a key is for.')
    .addArgument(one())
    .argument('<text>')
    .action(
      action(async (context, key: number, note: string, options: UserOptions) => {
        await (await accountOf(context, options)).updateApiKeyNote(key, note)
        context.print({ key, note }, () => '')
        return exitCode.ok
      }),
    )
}

function asUser(command: Command): Command {
  return command.option('--user <name>', 'as this admin user; PICLOUD_PASSWORD, or standard input, has the password')
}

async function accountOf({ cloud, terminal }: Context, { user }: UserOptions): Promise<Cloud['account']> {
  const { account } = await cloud()
  if (user === undefined) return account
  const password = process.env['PICLOUD_PASSWORD'] ?? (await terminal.input()).trim()
  if (password === '') {
    throw new CloudException(`There is no password for ${user}.`, {
      code: 'invalid-argument',
      hint: 'Set PICLOUD_PASSWORD, or give it by standard input.',
    })
  }
  account.setuser(user, password)
  return account
}

function listed(keys: readonly ApiKey[]): string {
  const rows = keys.map(({ apiKey, active, scopes, lastUsed, note }) => {
    const used = lastUsed === undefined ? 'never' : lastUsed.toISOString().slice(0, 16).replace('T', ' ')
    return [String(apiKey), active ? 'active' : 'off', scopes.join(','), used, note]
  })
  return table([['KEY', 'STATE', 'SCOPES', 'LAST USED (UTC)', 'NOTE'], ...rows])
}

function keyId(text: string): number {
  if (/^[1-9][0-9]{0,8}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('It takes the id of a key.')
}

function scopeList(text: string): readonly Scope[] {
  return text.split(',').map(name => {
    const scope = scopes.find(known => known === name.trim())
    if (scope === undefined)
      throw new InvalidArgumentError(`There is no scope “${name}”; there are ${scopes.join(', ')}.`)
    return scope
  })
}
