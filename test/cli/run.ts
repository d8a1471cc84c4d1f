import { main } from '../../lib/cli/main.ts'
import type { Terminal } from '../../lib/cli/terminal.ts'

export interface Ran {
  readonly code: number
  readonly out: string
  readonly error: string
}

/** Runs a command line in this process, on a terminal that remembers. */
export async function run(args: readonly string[], given: Partial<Terminal> = {}): Promise<Ran> {
  const printed = { out: '', error: '' }
  const code = await main(args, {
    out: text => {
      printed.out += text
    },
    error: text => {
      printed.error += text
    },
    isInteractive: false,
    columns: 100,
    input: async () => '',
    signal: new AbortController().signal,
    ...given,
  })
  return { code, ...printed }
}
