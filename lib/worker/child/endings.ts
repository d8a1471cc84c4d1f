import type { ErrorCode } from '../../protocol/errors.ts'
import { carriage, ending } from '../frames/wire.ts'
import { failureBytes } from './failure-bytes.ts'
import type { LoadedFunction, LoadedSpec } from './load-function.ts'
import type { ResultWriter, Written } from './result.ts'

/** How a job ended and what is sent of it. */
export interface Ending extends Written {
  readonly ending: number
}

/** The function of a job and its spec, as far as they were loaded when it ended. */
export interface Loaded {
  readonly fn: LoadedFunction | undefined
  readonly spec: LoadedSpec | undefined
}

/** A returned value on its way out; one that can't travel is a failure. Never throws or rejects. */
export function succeeded(value: unknown, { fn, spec }: Loaded, results: ResultWriter): Ending | Promise<Ending> {
  const done = (written: Written): Ending => ({ ending: ending.done, ...written })
  const refuse = (error: unknown): Ending | Promise<Ending> => failed('result-unserializable', error, { fn })
  try {
    const written = results.write(value, fn as LoadedFunction, spec as LoadedSpec)
    return written instanceof Promise ? written.then(done, refuse) : done(written)
  } catch (error) {
    return refuse(error)
  }
}

/** A thrown value on its way out. Never throws or rejects. */
export function failed(code: ErrorCode, error: unknown, { fn }: Pick<Loaded, 'fn'>): Ending | Promise<Ending> {
  const sent = (payload: Uint8Array): Ending => ({ ending: ending.failed, carriage: carriage.inline, payload })
  const bytes = failureBytes({ code, error, fn })
  return bytes instanceof Promise ? bytes.then(sent) : sent(bytes)
}
