import type { Context } from './context.ts'
import type { ExitCode } from './exit-code.ts'

/** Runs the work of a command, in the context of its options. What it resolves to ends the program. */
export type Action = <Given extends readonly unknown[]>(
  work: (context: Context, ...given: Given) => Promise<ExitCode>,
) => (...given: unknown[]) => Promise<void>
