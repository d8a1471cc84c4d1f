import { Command, Option } from 'commander'
import type { Action } from './action.ts'
import { addConfigCommands } from './commands/config.ts'
import { addCronCommands } from './commands/cron.ts'
import { addDeployCommands } from './commands/deploy.ts'
import { addEnvironmentCommands } from './commands/environment.ts'
import { addExplainCommand } from './commands/explain.ts'
import { addFileCommands } from './commands/file.ts'
import { addInspectCommands } from './commands/inspect.ts'
import { addJobCommands } from './commands/job.ts'
import { addKeyCommands } from './commands/key.ts'
import { addListCommand } from './commands/list.ts'
import { addLocalCommand } from './commands/local.ts'
import { addRestCommands } from './commands/rest.ts'
import { addRunCommands } from './commands/run.ts'
import { addSetupCommand } from './commands/setup.ts'
import { addExamples } from './examples.ts'

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
