import type { Environment, ExecutorClass } from './environment.ts'
import type { BurstClass } from './queue/bursts.ts'

/** Of which class this executor is. */
export function classOf({ executorClass }: Environment<'executor'>): ExecutorClass {
  return executorClass === 'highCpu' ? 'highCpu' : 'ordinary'
}

/** What executors of each class are called by, and how often. */
export function burstsOf(environment: Environment<'control'>): Readonly<Record<ExecutorClass, BurstClass>> {
  const { executorFunction, highCpuExecutorFunction, burst, highCpuBurst } = environment
  const { ordinary, highCpu } = executorsOf(environment)
  return {
    ordinary: { function: executorFunction, burst: Number(burst), executors: ordinary },
    highCpu: { function: highCpuExecutorFunction, burst: Number(highCpuBurst), executors: highCpu },
  }
}

/** How many executors of each class may run at a time. */
export function executorsOf(
  environment: Pick<Environment<'executor'>, 'executors' | 'highCpuExecutors'>,
): Readonly<Record<ExecutorClass, number>> {
  return { ordinary: Number(environment.executors), highCpu: Number(environment.highCpuExecutors) }
}
