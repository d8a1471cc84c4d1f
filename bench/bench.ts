/** Measures the goals and compares: `npm run bench -- [--only N,…] [--check] [--short]`. Needs a build, brings its peers along. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { availableParallelism, cpus } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { Metrics, Scale } from './harness/goal.ts'
import { installPeers, peerVersions } from './harness/peers.ts'
import { tableOf } from './harness/table.ts'
import { type Pinning, takeTurns } from './harness/turns.ts'
import { judge, median, type Verdict } from './harness/verdict.ts'

const { values: options } = parseArgs({
  options: {
    check: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
    only: { type: 'string' },
    short: { type: 'boolean', default: false },
  },
})

if (options.help) {
  console.log(`Usage: npm run bench -- [options]
  --only N[,N]  only these goals, by their numbers in bench/README.md
  --check       exit 1 when a goal falls short by more than its noise bound
  --short       one small round each: only to see that everything runs`)
  process.exit(0)
}

installPeers()
// Their files name peers, which are there only now.
const { goals } = await import('./harness/goals.ts')
const chosen = choose(options.only)
const pinning = findPinning()
const scale: Scale = { short: options.short, workers: availableParallelism() }
const verdicts: Verdict[] = []
const record: Record<string, Record<string, readonly Metrics[]>> = {}
const failures: string[] = []

for (const goal of chosen) {
  console.log(`\n${goal.number}. ${goal.title}`)
  for (const trial of goal.trials) {
    for (const [name, lack] of Object.entries(trial.lacks ?? {})) {
      const reason = lack()
      if (reason !== undefined) console.log(`   ${trial.name}: ${name}: skipped, as ${reason}`)
    }
    try {
      const figures = await takeTurns(goal, trial, scale, pinning)
      record[`${goal.number} ${trial.name}`] = Object.fromEntries(figures)
      for (const [name, rounds] of figures) console.log(`   ${trial.name}: ${name}: ${summary(rounds)}`)
      verdicts.push(...trial.bounds.map(bound => judge(goal.number, bound, figures, trial.durability)))
    } catch (error) {
      const reason = error instanceof Error ? (error.stack ?? error.message) : String(error)
      failures.push(`${goal.number}. ${trial.name}: ${reason}`)
      console.error(`   ${trial.name} did not run: ${reason}`)
    }
  }
}

console.log(`\n${tableOf(verdicts)}`)
if (options.short) console.log('\nA short run: it shows that everything runs; its figures mean nothing.')
console.log(`\nwritten to ${write()}`)
for (const failure of failures) console.error(`did not run: ${failure.split('\n')[0]}`)

const short = verdicts.filter(({ standing }) => standing === 'short')
if (failures.length > 0 || (options.check && short.length > 0)) process.exitCode = 1

function choose(only: string | undefined) {
  if (only === undefined) return goals
  const numbers = only.split(',').map(Number)
  const unknown = numbers.filter(number => !goals.some(goal => goal.number === number))
  if (unknown.length > 0) {
    console.error(`There is no goal ${unknown.join(', ')}; there are ${goals.map(({ number }) => number).join(', ')}.`)
    process.exit(2)
  }
  return goals.filter(({ number }) => numbers.includes(number))
}

function findPinning(): Pinning {
  const command = ['taskset', '-c', '0']
  if (spawnSync(command[0] ?? '', [...command.slice(1), 'true']).status === 0) return command
  console.log('No taskset here: latencies are measured across cores, where they scatter widely.')
  return []
}

function summary(rounds: readonly Metrics[]): string {
  const metrics = Object.keys(rounds[0] ?? {})
  return metrics
    .map(name => `${name} ${median(rounds.map(round => round[name] ?? Number.NaN)).toPrecision(4)}`)
    .join(', ')
}

function write(): string {
  const folder = fileURLToPath(new URL('results', import.meta.url))
  mkdirSync(folder, { recursive: true })
  const file = `${folder}/${new Date().toISOString().replaceAll(':', '-')}.json`
  const machine = { node: process.version, platform: process.platform, cpu: cpus()[0]?.model, ...scale }
  writeFileSync(file, `${JSON.stringify({ machine, peers: peerVersions(), verdicts, failures, record }, null, 2)}\n`)
  return file
}
