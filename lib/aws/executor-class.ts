import type { Environment, ExecutorClass } from './environment.ts'

/** Of which class this executor is. */
export function classOf({ executorClass }: Environment<'executor'>): ExecutorClass {
  return executorClass === 'highCpu' ? 'highCpu' : 'ordinary'
}

/** How many executors of each class may run at a time. */
export function executorsOf(
  environment: Pick<Environment<'executor'>, 'executors' | 'highCpuExecutors'>,
): Readonly<Record<ExecutorClass, number>> {
  return { ordinary: Number(environment.executors), highCpu: Number(environment.highCpuExecutors) }
}
