import { describe, expect, it } from 'vitest'
import type { Broken } from '../simulation/cluster.ts'
import { simulate } from '../simulation/simulate.ts'

/** SEED=42 runs that one again, as a failure prints it; SEEDS=10000 runs more of them. */
const only = process.env['SEED']
const seeds = only === undefined ? Number(process.env['SEEDS'] ?? 200) : 1
const BATCH = 40
const batches = Array.from({ length: Math.ceil(seeds / BATCH) }, (_, nth) => 1 + nth * BATCH)

describe('an accepted job reaches exactly one terminal status, whatever machine dies at whatever moment', () => {
  it.each(only === undefined ? batches : [Number(only)])('seeds from %i on', { timeout: 120_000 }, async from => {
    const failed: unknown[] = []
    let crashes = 0
    for (let seed = from; seed < from + Math.min(BATCH, seeds); seed++) {
      const report = await simulate(seed)
      crashes += report.crashes
      if (report.complaints.length > 0) failed.push({ run: `SEED=${seed}`, complaints: report.complaints })
    }
    expect(failed).toEqual([])
    expect(crashes).toBeGreaterThan(0)
  })

  it('without faults, nothing is lost', { timeout: 60_000 }, async () => {
    const peace = { error: 0, crash: 0, twice: 0, stall: 0, freeze: 0 }
    for (let seed = 1; seed <= 20; seed++) expect((await simulate(seed, { odds: peace })).complaints).toEqual([])
  })
})

describe('the simulation notices when a step is left out', () => {
  const steps: readonly (keyof Broken)[] = [
    'dropsDuplicates',
    'ignoresVersions',
    'forgetsWatches',
    'forgetsEdges',
    'forgetsMarks',
    'skipsSecondLook',
  ]

  it.each(steps)('%s', { timeout: 120_000 }, async step => {
    const noticed = async (): Promise<number | undefined> => {
      for (let seed = 1; seed <= 100; seed++) {
        if ((await simulate(seed, { broken: { [step]: true } })).complaints.length > 0) return seed
      }
      return undefined
    }
    expect(await noticed()).toBeDefined()
  })
})
