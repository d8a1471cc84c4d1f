import { availableParallelism, totalmem } from 'node:os'
import type { ExecutorClass } from './environment.ts'
import { secondPriceOf } from './price.ts'

/** Megabytes of a function for which Lambda gives it a whole core. */
const MEGABYTES_PER_CORE = 1_769
/** Share of the function's memory that all children together may take: the rest is for the executor itself. */
const MEMORY_SHARE = 0.75
/** Share of `/tmp` that unpacked environments may take: the rest is for large values and for what jobs write. */
const STORAGE_SHARE = 0.5

export interface Machine {
  /** Jobs at once. */
  readonly workers: number
  /** Bytes of resident memory of one job. */
  readonly memoryLimit: number
  /** Bytes of unpacked environments. */
  readonly environmentsLimit: number
  /** USD of a second of the function, where it is one. */
  readonly price: number | undefined
}

export interface Asked {
  /** Megabytes of `/tmp`: where functions share a disk it says nothing of itself. */
  readonly storage: number
  /** A job that asked for more processor has the whole machine. Default `ordinary`. */
  readonly class?: ExecutorClass
}

/**
 * What this function has room for. Lambda tells its memory in the environment; elsewhere it is the machine's.
 * @param asked what the stack asked for
 */
export function machineFrom(environment: Readonly<Record<string, string | undefined>>, asked: Asked): Machine {
  const told = Number(environment['AWS_LAMBDA_FUNCTION_MEMORY_SIZE'])
  const megabytes = told > 0 ? told : totalmem() / 1024 ** 2
  const cores = Math.min(availableParallelism(), Math.round(megabytes / MEGABYTES_PER_CORE))
  const workers = asked.class === 'highCpu' ? 1 : Math.max(1, cores)
  return {
    workers,
    memoryLimit: Math.floor((MEMORY_SHARE * megabytes * 1024 ** 2) / workers),
    environmentsLimit: Math.floor(STORAGE_SHARE * asked.storage * 1024 ** 2),
    price: told > 0 ? secondPriceOf(told, process.arch) : undefined,
  }
}
