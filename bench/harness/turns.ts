import type { Goal, Metrics, Scale, Trial } from './goal.ts'
import { Turn } from './turn.ts'

/** How a process is started on core 0 only: by util-linux's taskset, on Linux. Empty where there is none. */
export type Pinning = readonly string[]

/** Lets the contestants of a trial take turns, each round in another order, and returns all figures of each that can run here. */
export async function takeTurns(
  goal: Goal,
  trial: Trial,
  scale: Scale,
  pinning: Pinning,
): Promise<ReadonlyMap<string, readonly Metrics[]>> {
  const names = Object.keys(trial.contestants).filter(name => trial.lacks?.[name]?.() === undefined)
  const figures = new Map<string, Metrics[]>(names.map(name => [name, []]))
  const standing = new Map<string, Turn>()
  const turnOf = async (name: string) => {
    const turn =
      standing.get(name) ?? new Turn(name, argumentsOf(goal, trial, name, scale), trial.oneCore ? pinning : [])
    if (standing.has(name)) return turn
    standing.set(name, turn)
    return turn.ready()
  }
  try {
    if (!trial.fresh) for (const name of names) await turnOf(name)
    for (let round = 0; round < (scale.short ? 1 : trial.rounds); round++) {
      for (const name of rotated(names, round)) {
        const turn = await turnOf(name)
        figures.get(name)?.push(await turn.round())
        if (!trial.fresh) continue
        standing.delete(name)
        await turn.close()
      }
    }
    for (const [name, turn] of standing) {
      standing.delete(name)
      await turn.close()
    }
  } finally {
    for (const turn of standing.values()) turn.kill()
  }
  return figures
}

function argumentsOf(goal: Goal, trial: Trial, name: string, scale: Scale): readonly string[] {
  return [String(goal.number), trial.name, name, JSON.stringify(scale)]
}

function rotated(names: readonly string[], by: number): readonly string[] {
  const start = by % names.length
  return [...names.slice(start), ...names.slice(0, start)]
}
