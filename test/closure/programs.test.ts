import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { plans } from './programs/plan.ts'
import { program } from './programs/program.ts'
import { RunnerProcess } from './programs/runner-process.ts'
import type { Trial, Verdict } from './programs/trial.ts'
import { writeFiles } from './programs/write-files.ts'

/** Other programs, and more of them: `PROGRAMS=seed:count`; `PROGRAMS=seed:count:path` for one that failed, as is printed then. */
const [seed = '4', count = '12', ...path] = process.env['PROGRAMS']?.split(':') ?? []

/** Milliseconds in which all of them are done, and a failing one is made smaller. */
const MAX_TIME = Number(count) * 15_000

/** The refusals of docs/functions.md that programs may run into, though they are made so that few do. */
const documented = [
  /`arguments` of a sloppy function/,
  /a function that calls `eval` uses it/,
  /no method of that class can be stopped to look/,
  /a bound function of a Proxy/,
]
const MAX_REFUSED = 0.25

const folder = mkdtempSync(join(tmpdir(), 'programs-'))
const user = new RunnerProcess<Trial, Verdict>(new URL('programs/trial.ts', import.meta.url), failure => ({ failure }))

afterAll(() => {
  user.close()
  rmSync(folder, { recursive: true, force: true })
})

test(
  'random programs do elsewhere what they do here, also once they were changed',
  async () => {
    let number = 0
    let refusals = 0
    const property = fc.asyncProperty(plans, async plan => {
      const place = join(folder, String(number++))
      const { failure, refused } = await user.run(writeFiles(plan, place))
      rmSync(place, { recursive: true })
      const isDocumented = refused === undefined || documented.some(it => it.test(refused))
      if (failure !== undefined || !isDocumented) throw new Error(`${failure ?? refused}\n${program(plan).input}`)
      if (refused !== undefined) refusals++
    })
    await fc.assert(property, {
      seed: Number(seed),
      numRuns: Number(count),
      ...(path.length > 0 && { path: path.join(':') }),
      interruptAfterTimeLimit: MAX_TIME,
      markInterruptAsFailure: true,
    })
    expect(refusals / number).toBeLessThan(MAX_REFUSED)
  },
  MAX_TIME + 30_000,
)
