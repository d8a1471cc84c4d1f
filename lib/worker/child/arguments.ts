import { CloudException } from '../../protocol/errors.ts'
import { type Reference, referenceOf } from '../../protocol/reference.ts'
import { carriage } from '../frames/wire.ts'
import type { Answers } from './answers.ts'
import type { LoadedFunction } from './load-function.ts'
import { wholeFile } from './whole-file.ts'

/** A job's arguments as they came. */
export interface Carried {
  readonly carriage: number
  readonly args: Uint8Array
}

/** A job's arguments. A promise only where results of other jobs are among them, which have to be fetched. */
export function argumentsOf(job: Carried, fn: LoadedFunction, answers: Answers): unknown[] | Promise<unknown[]> {
  const bytes = job.carriage === carriage.file ? wholeFile(Buffer.from(job.args).toString()) : job.args
  const references: Reference[] = []
  const args = fn.decode(bytes, data => {
    references.push(referenceOf(data))
  })
  return references.length === 0 ? listOf(args) : resolved(bytes, references, fn, answers)
}

// Decoded again with the values at hand, so that each stands where its reference stood.
async function resolved(
  bytes: Uint8Array,
  references: readonly Reference[],
  fn: LoadedFunction,
  answers: Answers,
): Promise<unknown[]> {
  const { resultsOf } = await import('./references.ts')
  const values = await resultsOf({ references, ask: request => answers.ask(request), decode: each => fn.decode(each) })
  let index = 0
  return listOf(fn.decode(bytes, () => values[index++]))
}

function listOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value
  throw new CloudException('The arguments of this job are no list.', { code: 'decode' })
}
