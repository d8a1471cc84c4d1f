import { availableParallelism } from 'node:os'
import type { Report } from './caller.ts'
import { CallerProcess } from './caller-process.ts'
import { caseNames } from './case-folder.ts'
import { type Outcome, tally } from './tally.ts'

// `npm run test:closures`: every case, or those whose names hold one of the given words.

/** Two at least: each case is captured in two processes, which came by other cases before it. */
const processes = Math.max(2, Math.min(availableParallelism(), 8))

const words = process.argv.slice(2)
const names = caseNames().filter(name => words.length === 0 || words.some(word => name.includes(word)))
const callers = Array.from({ length: processes }, () => new CallerProcess())
const reports = new Map<string, Report>()
const elsewhere = new Map<string, Report>()

const judged = [...names]
const compared = [...names].reverse()
await Promise.all(
  callers.map(async (caller, index) => {
    const share = (list: readonly string[], of: number): string[] =>
      list.filter(name => names.indexOf(name) % processes === of)
    for (const name of share(judged, index)) reports.set(name, await caller.run({ name, bytesOnly: false }))
    for (const name of share(compared, (index + 1) % processes)) {
      elsewhere.set(name, await caller.run({ name, bytesOnly: true }))
    }
    caller.close()
  }),
)

const outcomes = names.map((name): Outcome => {
  const here = reports.get(name) as Report
  if (here.failure !== undefined) return { name, failure: here.failure }
  const there = elsewhere.get(name) as Report
  if (there.failure !== undefined) return { name, failure: `in another process ${there.failure}` }
  return {
    name,
    failure: here.bytes === there.bytes ? undefined : `another process gives ${there.bytes} and not ${here.bytes}`,
  }
})
const { lines, ok } = tally(outcomes, words.length === 0)
console.log(lines.join('\n'))
process.exitCode = ok ? 0 : 1
