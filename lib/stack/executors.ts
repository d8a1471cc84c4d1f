import type { ExecutorClass } from '../aws/environment.ts'
import { type ExecutorOptions, executorDefaults, type PiCloudProps } from './options.ts'

/** Executors at a time: together below the 1,000 of an account that nobody changed, as the API must find room. */
const MAX_CONCURRENCY = { ordinary: 700, highCpu: 80 } as const satisfies Record<ExecutorClass, number>
const BURST = { ordinary: 100, highCpu: 20 } as const satisfies Record<ExecutorClass, number>
/** The most that a new account may use. */
const HIGH_CPU_MEMORY = 3_008
/** Invocations at a time that one provisioned poller makes: Lambda's. */
const POLLER_CONCURRENCY = 10

/** A class of executors with nothing left open. */
export interface ExecutorSize extends Required<Omit<ExecutorOptions, 'reservedConcurrency' | 'scaling'>> {
  readonly reservedConcurrency: number | undefined
  readonly scaling: NonNullable<ExecutorOptions['scaling']>
  /** How many may run at a time, with those of a burst. */
  readonly concurrency: number
}

/** Both classes, as asked for and by default. */
export function executorsOf({
  executor = {},
  highCpuExecutor = {},
}: Pick<PiCloudProps, 'executor' | 'highCpuExecutor'>): Record<ExecutorClass, ExecutorSize> {
  const ordinary = sizeOf('ordinary', { ...executorDefaults, ...executor })
  const { memory, timeout, storage, architecture } = ordinary
  const shared = { ...executorDefaults, timeout, storage, memory: Math.max(HIGH_CPU_MEMORY, memory) }
  return { ordinary, highCpu: sizeOf('highCpu', { ...shared, ...highCpuExecutor, architecture }) }
}

function sizeOf(name: ExecutorClass, options: typeof executorDefaults & ExecutorOptions): ExecutorSize {
  const { reservedConcurrency, scaling: given, burst = given === undefined ? BURST[name] : 0 } = options
  const { provisionedPollers, maxConcurrency = MAX_CONCURRENCY[name] } = given ?? {}
  const mapped = provisionedPollers === undefined ? maxConcurrency : provisionedPollers.max * POLLER_CONCURRENCY
  const most = mapped + burst
  return {
    ...options,
    reservedConcurrency,
    burst,
    scaling: provisionedPollers === undefined ? { maxConcurrency } : { provisionedPollers },
    concurrency: Math.min(most, reservedConcurrency ?? most),
  }
}
