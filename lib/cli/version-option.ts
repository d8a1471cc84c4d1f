import { createRequire } from 'node:module'
import type { Command } from 'commander'
import { CommanderError } from 'commander'
import type { Terminal } from './terminal.ts'

/** `--version`: the package is read only then. */
export function addVersionOption(program: Command, terminal: Terminal): void {
  program.option('-V, --version', 'print the version').on('option:version', () => {
    const { version } = createRequire(import.meta.url)('picloud/package.json') as { readonly version: string }
    terminal.out(`${version}\n`)
    throw new CommanderError(0, 'commander.version', version)
  })
}
