import type { RemovalPolicy } from 'aws-cdk-lib'

/** How many machines the jobs may take. One of the two ways in which Lambda takes messages from a queue. */
export type Scaling =
  | {
      /**
       * Executors at most at a time, 2 to 1,000. Default 900: an account may run 1,000 functions at a time unless AWS raised
       * or, for a new one, lowered that, and the API needs some of them. Grows by 300 a minute.
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
}

export interface PiCloudProps {
  /** `http-api` (default): an API Gateway HTTP API. `function-url`: cheaper, no throttling in front of the function. */
  readonly endpoint?: 'http-api' | 'function-url'
  readonly executor?: ExecutorOptions
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
export function faultsOf({ executor = {}, apiMemory }: PiCloudProps): string[] {
  const { maxConcurrency, provisionedPollers } = executor.scaling ?? {}
  const bounds: Bounds[] = [
    { name: 'apiMemory', value: apiMemory, min: 128, max: 10_240 },
    { name: 'executor.memory', value: executor.memory, min: 128, max: 10_240 },
    { name: 'executor.timeout', value: executor.timeout, min: 60, max: 900 },
    { name: 'executor.storage', value: executor.storage, min: 512, max: 10_240 },
    { name: 'executor.batchSize', value: executor.batchSize, min: 1, max: 10 },
    { name: 'executor.reservedConcurrency', value: executor.reservedConcurrency, min: 1, max: 100_000 },
    { name: 'executor.scaling.maxConcurrency', value: maxConcurrency, min: 2, max: 1_000 },
    { name: 'executor.scaling.provisionedPollers.min', value: provisionedPollers?.min, min: 2, max: 200 },
    { name: 'executor.scaling.provisionedPollers.max', value: provisionedPollers?.max, min: 2, max: 2_000 },
  ]
  const faults = bounds
    .filter(({ value, min, max }) => value !== undefined && !(Number.isInteger(value) && value >= min && value <= max))
    .map(({ name, value, min, max }) => `${name} is ${value}; it takes an integer from ${min} to ${max}.`)
  if (maxConcurrency !== undefined && provisionedPollers !== undefined) {
    faults.push('executor.scaling takes maxConcurrency or provisionedPollers, not both.')
  }
  if (provisionedPollers !== undefined && provisionedPollers.max < provisionedPollers.min) {
    faults.push('executor.scaling.provisionedPollers.max is below its min.')
  }
  return faults
}
