import type { WireOptions } from '../../protocol/options.ts'
import type { ChunkMessage } from './queue.ts'

/**
 * Asks to run the chunk of `weight` jobs that begins with `first`.
 * @param options of its submission: they say of which class the message is
 */
export function chunkMessage(first: number, weight: number, options: Pick<WireOptions, 'highCpu'>): ChunkMessage {
  return options.highCpu === true ? { first, weight, highCpu: true } : { first, weight }
}
