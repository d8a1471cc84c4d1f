import type { Command } from 'commander'
import type { Terminal } from './terminal.ts'

const shells = ['bash', 'zsh', 'fish'] as const
/** Names of arguments, and what stands behind options, that are paths of this machine. */
const paths: ReadonlySet<string> = new Set(['file', 'path', 'folder'])

/** The command that prints a shell's completion, and by which that shell asks. For `--help` its name is enough. */
export async function addCompletion(program: Command, args: readonly string[], terminal: Terminal): Promise<void> {
  const isBash = args.join(' ') === 'complete bash'
  if (args.includes('complete') && !isBash) await addAnswers(program)
  else program.command('complete').argument('[shell]')
  const command = program.commands.find(command => command.name() === 'complete')
  command?.description('Print completion for your shell.')
  // The library would end the process itself, and offers a shell that was never tried.
  const [first] = args.slice(args.indexOf('complete') + 1)
  if (first !== '--') command?.hook('preAction', () => checkShell(command, first))
  if (!isBash) return
  const { bashCompletion } = await import('./bash-completion.ts')
  command?.action(() => terminal.out(bashCompletion))
}

function checkShell(command: Command, shell: string | undefined): void {
  if (shell === undefined) command.error("error: missing required argument 'shell'")
  if (!(shells as readonly string[]).includes(shell))
    command.error(
      `error: command-argument value '${shell}' is invalid for argument 'shell'. Allowed choices are ${shells.join(', ')}.`,
    )
}

/** The library answers with words alone, and tells the shell that there is nothing else: where a path is asked for, there is. */
async function addAnswers(program: Command): Promise<void> {
  const { ShellCompDirective: said } = await import('@bomb.sh/tab')
  const tab = (await import('@bomb.sh/tab/commander')).default(program)
  let isPath = false
  const path = (): void => {
    isPath = true
  }
  for (const [name, command] of tab.commands) {
    for (const argument of command.arguments.values()) if (paths.has(argument.name)) argument.handler = path
    for (const option of commandOf(program, name)?.options ?? []) {
      const known = command.options.get(option.name())
      if (known !== undefined && paths.has(/<(\w+)>$/.exec(option.flags)?.[1] ?? '')) known.handler = path
    }
  }
  tab.commands.get('complete')?.argument('shell', tell => {
    for (const shell of shells) tell(shell, '')
  })
  const directive = () => (isPath ? said.ShellCompDirectiveDefault : said.ShellCompDirectiveNoFileComp)
  Object.defineProperty(tab, 'directive', { get: directive, set: () => undefined })
}

/** By its whole name: `files put`. */
function commandOf(program: Command, name: string): Command | undefined {
  return name
    .split(' ')
    .reduce<Command | undefined>((outer, part) => outer?.commands.find(one => one.name() === part), program)
}
