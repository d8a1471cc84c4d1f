import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Contestant, Goal, Scale } from '../harness/goal.ts'
import { must } from '../harness/time.ts'

const bundle = fileURLToPath(new URL('../../dist/functions/executor/index.js', import.meta.url))
const code = fileURLToPath(new URL('../../dist/functions/executor/function/index.js', import.meta.url))

/** What the stack tells an executor: names of what is never asked here. */
const environment = {
  PATH: process.env['PATH'],
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'none',
  AWS_SECRET_ACCESS_KEY: 'none',
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '1769',
  PICLOUD_JOBS_TABLE: 'jobs',
  PICLOUD_JOBS_QUEUE: 'https://sqs.invalid/jobs',
  PICLOUD_JOBS_HIGH_CPU_QUEUE: 'https://sqs.invalid/jobs-high-cpu',
  PICLOUD_CONTROL_QUEUE: 'https://sqs.invalid/control',
  PICLOUD_RESULTS_BUCKET: 'results',
  PICLOUD_FILES_BUCKET: 'files',
  PICLOUD_EXECUTOR_STORAGE: '1024',
  PICLOUD_EXECUTOR_CLASS: 'ordinary',
  PICLOUD_EXECUTORS: '700',
  PICLOUD_HIGH_CPU_EXECUTORS: '80',
}

/** Seconds of processor that a process took which ran this. */
async function processorOf(text: string): Promise<number> {
  const told = `${text}; const { user, system } = process.cpuUsage(); console.log(user + system); process.exit()`
  const child = spawn(process.execPath, ['--input-type=module', '-e', told], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: environment,
  })
  const gone = once(child, 'exit')
  const [line] = await once(child.stdout, 'data')
  const [status] = await gone
  must(status === 0, 'the executor is loaded')
  return Number(String(line)) / 1e6
}

/** What loading and assembling an executor takes above an empty process, of the quickest of each. */
async function loading({ short }: Scale): Promise<Contestant> {
  const load = `const { handler } = await import(${JSON.stringify(bundle)}); if (typeof handler !== 'function') process.exit(1)`
  return {
    async round() {
      const quickest = { empty: Number.POSITIVE_INFINITY, full: Number.POSITIVE_INFINITY }
      for (let turn = 0; turn < (short ? 1 : 5); turn++) {
        quickest.empty = Math.min(quickest.empty, await processorOf('0'))
        quickest.full = Math.min(quickest.full, await processorOf(load))
      }
      return { above: quickest.full - quickest.empty, size: statSync(code).size }
    },
    close: async () => {},
  }
}

/** An executor's cold start, but for what AWS adds: its bundle, and what it does before the first message. */
export const executorStart: Goal = {
  number: 9,
  title: 'Executor: cold start',
  trials: [
    {
      name: 'loading',
      rounds: 5,
      contestants: { executor: loading },
      bounds: [
        {
          what: 'processor time to load and assemble it, above an empty process',
          metric: 'above',
          ours: 'executor',
          atMost: 150,
          unit: 'ms',
          noise: 0.3,
        },
      ],
    },
  ],
}
