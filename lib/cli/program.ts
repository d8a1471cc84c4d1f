import { Command, Option } from 'commander'
import { addConfigCommands } from './config-commands.ts'
import type { Context } from './context.ts'
import { addCronCommands } from './cron-commands.ts'
import { addDeployCommands } from './deploy-commands.ts'
import { addEnvironmentCommands } from './environment-commands.ts'
import { addExamples } from './examples.ts'
import type { ExitCode } from './exit-code.ts'
import { addExplainCommand } from './explain-command.ts'
import { addFileCommands } from './file-commands.ts'
import { addInspectCommands } from './inspect-commands.ts'
import { addJobCommands } from './job-commands.ts'
import { addKeyCommands } from './key-commands.ts'
import { addListCommand } from './list-command.ts'
import { addLocalCommand } from './local-command.ts'
import { addRestCommands } from './rest-commands.ts'
import { addRunCommands } from './run-commands.ts'
import { addSetupCommand } from './setup-command.ts'

/** Runs the work of a command, in the context of its options. What it resolves to ends the program. */
export type Action = <Given extends readonly unknown[]>(
  work: (context: Context, ...given: Given) => Promise<ExitCode>,
) => (...given: unknown[]) => Promise<void>

/**
 * All commands. Their work is loaded when one of them runs: `--help` and completion need none of it.
 * @param action makes commander's handler of a command's work
 */
export function createProgram(action: Action): Command {
  const program = new Command('picloud')
    .description('Write a function, call it, and it runs on as many machines as it needs.')
    .addOption(new Option('--url <address>', 'address of the service; default: what your settings say'))
    .addOption(new Option('--key <id>', 'id of the key to use there; its secret is PICLOUD_API_SECRETKEY'))
    .addOption(new Option('--json', 'print one JSON document, for programs'))
    .showSuggestionAfterError()
    .helpCommand(true)
    .addHelpText(
      'after',
      `
Examples:
  picloud local                        start a service on this machine
  picloud setup --stack PiCloud        use one that was deployed to AWS
  picloud run train.ts '{"rate":0.1}'  call the function that train.ts exports
  picloud jobs --status error          see what failed
  picloud result 1-100                 wait, and print the results

Every command explains itself: picloud COMMAND --help`,
    )
  addLocalCommand(program, action)
  addDeployCommands(program, action)
  addSetupCommand(program, action)
  addRunCommands(program, action)
  addExplainCommand(program, action)
  addListCommand(program, action)
  addJobCommands(program, action)
  addInspectCommands(program, action)
  addCronCommands(program, action)
  addFileCommands(program, action)
  addEnvironmentCommands(program, action)
  addRestCommands(program, action)
  addKeyCommands(program, action)
  addConfigCommands(program, action)
  addExamples(program)
  return program
}
