import type { RemovalPolicy } from 'aws-cdk-lib'

/** How many machines the jobs may take. One of the two ways in which Lambda takes messages from a queue. */
export type Scaling =
  | {
      /**
       * Executors at most at a time, 2 to 1,000. Default 700, of `highCpuExecutor` 80: with `burst` 900, as an account may run 1,000
       * functions at a time unless AWS raised or, for a new one, lowered that, and the API needs some of them. Grows by 300 a
       * minute.
       */
      readonly maxConcurrency?: number
      readonly provisionedPollers?: never
    }
  | {
      readonly maxConcurrency?: never
      /**
       * Pollers that are there all the time: grows by 1,000 executors a minute, to 20,000. Billed by the hour even when nothing
       * runs. `min` 2 to 200, `max` 2 to 2,000.
       */
      readonly provisionedPollers: { readonly min: number; readonly max: number }
    }

export interface ExecutorOptions {
  /** MB, 128 to 10,240. Default 1,769: one vCPU. */
  readonly memory?: number
  /** Seconds, 60 to 900. A job is ended 20 s before. Default 900. */
  readonly timeout?: number
  /** MB of /tmp, 512 to 10,240: bundles, and values too large for a pipe. Default 1,024. */
  readonly storage?: number
  /** Default arm64: a fifth cheaper. Packages with native code must be of the same. */
  readonly architecture?: 'arm64' | 'x86_64'
  /** Messages that one executor takes at a time, 1 to 10. Default 1; a message carries a chunk of up to 100 jobs already. */
  readonly batchSize?: number
  /**
   * Concurrent executions taken out of the account's and kept for the executors. Default none: a new account has too few to
   * give any away.
   */
  readonly reservedConcurrency?: number
  readonly scaling?: Scaling
  /**
   * Executors that are called besides, at once, where more jobs come together than `scaling` takes up at once: so many a minute, 0 to 500.
   * Default 100, of `highCpuExecutor` 20; none where `scaling` is given.
   */
  readonly burst?: number
}

/** Those that run jobs with `highCpu`, one at a time. They are of the same architecture as the others. */
export interface HighCpuExecutorOptions extends Omit<ExecutorOptions, 'architecture'> {
  /**
   * MB, 128 to 10,240, and no less than the others have: memory is processor, a vCPU for each 1,769 MB. Default 3,008, the most that a
   * new account may use, or as much as the others have.
   */
  readonly memory?: number
  /** Default: as the others. */
  readonly timeout?: number
  /** Default: as the others. */
  readonly storage?: number
}

/** What executors have of which nothing is said. */
export const executorDefaults: Required<Omit<ExecutorOptions, 'reservedConcurrency' | 'scaling' | 'burst'>> = {
  memory: 1_769,
  timeout: 900,
  storage: 1_024,
  architecture: 'arm64',
  batchSize: 1,
}

export interface PiCloudProps {
  /** `http-api` (default): an API Gateway HTTP API. `function-url`: cheaper, no throttling in front of the function. */
  readonly endpoint?: 'http-api' | 'function-url'
  readonly executor?: ExecutorOptions
  /** A second class of executors, with a queue of its own, for jobs with the option `highCpu`. */
  readonly highCpuExecutor?: HighCpuExecutorOptions
  /** MB of the API function. Default 512. */
  readonly apiMemory?: number
  /** Days for which logs are kept. Jobs' output is not among them. Default 30. */
  readonly logDays?: 1 | 3 | 5 | 7 | 14 | 30 | 60 | 90 | 180 | 365
  /** What a deleted stack does with tables and buckets. Default RETAIN: jobs, results, files and keys stay. */
  readonly removalPolicy?: RemovalPolicy
  /**
   * Folder of the functions' bundles. Default: those of this package.
   * @internal
   */
  readonly bundles?: string
}

interface Bounds {
  readonly name: string
  readonly value: number | undefined
  readonly min: number
  readonly max: number
}

/** What is wrong with the options, in words; empty when nothing is. */
export function faultsOf({ executor = {}, highCpuExecutor = {}, apiMemory }: PiCloudProps): string[] {
  const faults = [
    ...outOf([{ name: 'apiMemory', value: apiMemory, min: 128, max: 10_240 }]),
    ...executorFaults('executor', executor),
    ...executorFaults('highCpuExecutor', highCpuExecutor),
  ]
  const { memory = executorDefaults.memory } = executor
  if (faults.length === 0 && highCpuExecutor.memory !== undefined && highCpuExecutor.memory < memory) {
    faults.push(`highCpuExecutor.memory is ${highCpuExecutor.memory}; the others have ${memory}, and it takes no less.`)
  }
  return faults
}

function executorFaults(of: string, executor: ExecutorOptions): string[] {
  const { maxConcurrency, provisionedPollers } = executor.scaling ?? {}
  const faults = outOf([
    { name: `${of}.memory`, value: executor.memory, min: 128, max: 10_240 },
    { name: `${of}.timeout`, value: executor.timeout, min: 60, max: 900 },
    { name: `${of}.storage`, value: executor.storage, min: 512, max: 10_240 },
    { name: `${of}.batchSize`, value: executor.batchSize, min: 1, max: 10 },
    { name: `${of}.reservedConcurrency`, value: executor.reservedConcurrency, min: 1, max: 100_000 },
    { name: `${of}.burst`, value: executor.burst, min: 0, max: 500 },
    { name: `${of}.scaling.maxConcurrency`, value: maxConcurrency, min: 2, max: 1_000 },
    { name: `${of}.scaling.provisionedPollers.min`, value: provisionedPollers?.min, min: 2, max: 200 },
    { name: `${of}.scaling.provisionedPollers.max`, value: provisionedPollers?.max, min: 2, max: 2_000 },
  ])
  if (maxConcurrency !== undefined && provisionedPollers !== undefined) {
    faults.push(`${of}.scaling takes maxConcurrency or provisionedPollers, not both.`)
  }
  if (provisionedPollers !== undefined && provisionedPollers.max < provisionedPollers.min) {
    faults.push(`${of}.scaling.provisionedPollers.max is below its min.`)
  }
  return faults
}

function outOf(bounds: readonly Bounds[]): string[] {
  return bounds
    .filter(({ value, min, max }) => value !== undefined && !(Number.isInteger(value) && value >= min && value <= max))
    .map(({ name, value, min, max }) => `${name} is ${value}; it takes an integer from ${min} to ${max}.`)
}
