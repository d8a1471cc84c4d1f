import type { Command } from 'commander'
import type { Explanation } from '../../client/cloud-api.ts'
import type { Action } from '../action.ts'
import { exitCode } from '../exit-code.ts'

/** `picloud explain`: what would travel with functions of a file. */
export function addExplainCommand(program: Command, action: Action): void {
  program
    .command('explain')
    .description('Show what would travel with the functions that a file exports, and how large it is. Sends nothing.')
    .argument('<file>', 'a JavaScript or TypeScript module; it is imported, so what stands at its top runs')
    .argument('[export]', 'one of its functions; default: each')
    .addHelpText('after', '\nExits 1 if one of them can’t be sent.')
    .action(
      action(async ({ print }, file: string, name?: string) => {
        const { exportedFunction, exportedFunctions } = await import('../exported-function.ts')
        const { explain } = await import('../../client/explain.ts')
        const { printExplanation } = await import('../print/explanation.ts')
        const functions =
          name === undefined ? await exportedFunctions(file) : { [name]: await exportedFunction(file, name) }
        const explained = Object.entries(functions).map(([key, fn]): [string, Explanation] => [key, explain(fn, [])])
        const data = name === undefined ? Object.fromEntries(explained) : explained[0]?.[1]
        print(data, () => explained.map(([, each]) => printExplanation(each)).join('\n'))
        return explained.every(([, { sendable }]) => sendable) ? exitCode.ok : exitCode.failed
      }),
    )
}
