import type { Command } from 'commander'
import { expect, test } from 'vitest'
import { createProgram } from '../../lib/cli/program.ts'
import { run } from './run.ts'

const program = createProgram(() => async () => undefined)

function* leaves(command: Command, path: readonly string[] = []): Generator<readonly string[]> {
  if (command.commands.length === 0) yield path
  for (const inner of command.commands) yield* leaves(inner, [...path, inner.name()])
}

/** The words of a command line, as a shell would part them, up to what it pipes on. */
function wordsOf(line: string): string[] {
  const own = line.slice(line.indexOf('picloud')).replace(/ [<>] .*$/, '')
  return [...own.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '').slice(1)
}

test.each([...leaves(program)].map(path => [path.join(' ')]))(
  'the help of %s has examples, which are understood',
  async name => {
    const { out } = await run([...name.split(' '), '--help'], { columns: 1_000 })
    const lines = (/\nExamples?:\n(.+)$/s.exec(out)?.[1] ?? '').trimEnd().split('\n')
    const understood: string[] = []
    const trial = createProgram(() => async (...given) => {
      understood.push(pathOf(given.at(-1) as Command))
    })
    quieten(trial)
    for (const line of lines) await trial.parseAsync(wordsOf(line), { from: 'user' })
    expect(lines.length).toBeGreaterThan(0)
    expect(understood).toEqual(lines.map(() => name))
  },
)

function pathOf(command: Command): string {
  return command.parent?.parent == null ? command.name() : `${pathOf(command.parent)} ${command.name()}`
}

/** What is not understood is thrown, and nothing is printed. */
function quieten(command: Command): void {
  command.exitOverride().configureOutput({ writeErr: () => undefined })
  for (const inner of command.commands) quieten(inner)
}
