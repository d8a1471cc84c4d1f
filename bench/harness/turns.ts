import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Goal, Metrics, Scale, Trial } from './goal.ts'

const program = fileURLToPath(new URL('contestant.ts', import.meta.url))

/** What a contestant's process may take for a round, in milliseconds; one that hangs must not hold up the rest for ever. */
const ROUND_LIMIT = 300_000

interface Answer {
  readonly ready?: true
  readonly metrics?: Metrics
  readonly error?: string
}

/** Whether single-core trials can be pinned: by util-linux's taskset, on Linux. */
export interface Pinning {
  readonly command: readonly string[]
}

class Turn {
  readonly #child: ChildProcess

  constructor(child: ChildProcess) {
    this.#child = child
  }

  async ready(): Promise<void> {
    await this.#answer()
  }

  async round(): Promise<Metrics> {
    this.#child.send('round')
    const { metrics } = await this.#answer()
    if (metrics === undefined) throw new Error('A contestant answered a round without figures.')
    return metrics
  }

  async close(): Promise<void> {
    const gone = once(this.#child, 'exit')
    this.#child.send('close')
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), 10_000)
    await gone
    clearTimeout(timer)
  }

  async #answer(): Promise<Answer> {
    const limit = AbortSignal.timeout(ROUND_LIMIT)
    const died = once(this.#child, 'exit', { signal: limit }).then(([code, signal]) => {
      throw new Error(`A contestant ended early (${signal ?? code}).`)
    })
    const [answer] = (await Promise.race([once(this.#child, 'message', { signal: limit }), died])) as [Answer]
    if (answer.error !== undefined) throw new Error(answer.error)
    return answer
  }
}

/** Lets the contestants of a trial take turns, each round in another order, and returns all figures of each. */
export async function takeTurns(
  goal: Goal,
  trial: Trial,
  scale: Scale,
  pinning: Pinning,
): Promise<ReadonlyMap<string, readonly Metrics[]>> {
  const names = Object.keys(trial.contestants)
  const figures = new Map<string, Metrics[]>(names.map(name => [name, []]))
  const standing = new Map<string, Turn>()
  const start = async (name: string) => {
    const turn = new Turn(launch([String(goal.number), trial.name, name, JSON.stringify(scale)], trial, pinning))
    await turn.ready()
    return turn
  }
  if (!trial.fresh) for (const name of names) standing.set(name, await start(name))
  const rounds = scale.short ? 1 : trial.rounds
  for (let round = 0; round < rounds; round++) {
    for (const name of rotated(names, round)) {
      const turn = standing.get(name) ?? (await start(name))
      figures.get(name)?.push(await turn.round())
      if (trial.fresh) await turn.close()
    }
  }
  for (const turn of standing.values()) await turn.close()
  return figures
}

function launch(args: readonly string[], trial: Trial, pinning: Pinning): ChildProcess {
  const node = [process.execPath, '--expose-gc', '--disable-warning=ExperimentalWarning', program, ...args]
  const [command = process.execPath, ...rest] = trial.oneCore ? [...pinning.command, ...node] : node
  return spawn(command, rest, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
}

function rotated(names: readonly string[], by: number): readonly string[] {
  const start = by % names.length
  return [...names.slice(start), ...names.slice(0, start)]
}
