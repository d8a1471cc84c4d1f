import type { Command } from 'commander'
import { CommanderError } from 'commander'
import { CloudException } from '../protocol/errors.ts'
import type { Action } from './action.ts'
import { addCompletion } from './completion.ts'
import { createContext } from './context.ts'
import { type ExitCode, exitCode, exitCodeOf } from './exit-code.ts'
import { commandHint, commandMessage } from './print/command-hint.ts'
import { createProgram } from './program.ts'
import { coloured, json, type Terminal } from './terminal.ts'
import { addVersionOption } from './version-option.ts'

/** Runs one command line, without the program's name; resolves to what the program ends with. */
export async function main(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  let code: ExitCode = exitCode.ok
  const action: Action =
    work =>
    async (...given) => {
      // Commander gives the arguments, the options, and the command last.
      const command = given.at(-1) as Command
      await using context = createContext(terminal, command)
      try {
        code = await work(context, ...(given.slice(0, -1) as never))
      } catch (error) {
        if (error instanceof CommanderError) throw error
        const told = error === terminal.signal.reason ? interrupted(error) : error
        terminal.error(context.json ? json(plain(told)) : readable(terminal, told))
        code = exitCodeOf(told)
      }
    }
  const program = createProgram(action)
  addVersionOption(program, terminal)
  await addCompletion(program, args, terminal)
  forAll(program, command => {
    command.exitOverride().configureOutput({
      writeOut: text => terminal.out(text),
      writeErr: text => terminal.error(text),
      outputError: text => terminal.error(misuse(command, text, args.includes('--json'))),
      getOutHelpWidth: () => terminal.columns,
      getErrHelpWidth: () => terminal.columns,
    })
  })
  try {
    await program.parseAsync(args, { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    return error.exitCode === 0 ? exitCode.ok : exitCode.usage
  }
  return code
}

function forAll(command: Command, change: (command: Command) => void): void {
  change(command)
  for (const inner of command.commands) forAll(inner, change)
}

/** What commander says of a command line, and how that command is called; its whole help would push that out of sight. */
function misuse(command: Command, text: string, asJson: boolean): string {
  const name = nameOf(command)
  const hint = `Usage: ${name} ${command.usage()}`
  if (asJson) return json({ error: { code: 'invalid-argument', message: text.trim().replace(/^error: /, ''), hint } })
  return `${text.trimEnd()}\n\n${hint}\n${name} --help says more.\n`
}

function nameOf(command: Command): string {
  return command.parent === null ? command.name() : `${nameOf(command.parent)} ${command.name()}`
}

/** What was given up because of the terminal's signal, and has no words of its own for that. */
function interrupted(cause: unknown): CloudException {
  return new CloudException('Interrupted.', { code: 'aborted', cause })
}

function readable(terminal: Terminal, error: unknown): string {
  const { message, hint } = wordsOf(error)
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause.stack : undefined
  const lines = [coloured(terminal, 'red', message)]
  if (hint !== undefined && !message.includes(hint)) lines.push(hint)
  if (cause !== undefined && CloudException.isCloudException(error) && error.code === 'exception') lines.push(cause)
  return `${lines.join('\n')}\n`
}

function plain(error: unknown): Readonly<Record<string, unknown>> {
  const { message, hint } = wordsOf(error)
  if (!CloudException.isCloudException(error)) return { error: { code: 'internal', message } }
  const { code, jid, status } = error
  return { error: { code, message, hint, jid, status } }
}

function wordsOf(error: unknown): { readonly message: string; readonly hint?: string | undefined } {
  const message = error instanceof Error ? error.message : String(error)
  if (!CloudException.isCloudException(error) || error.hint === undefined) return { message }
  return { message: commandMessage(message, error.hint), hint: commandHint(error.hint) }
}
