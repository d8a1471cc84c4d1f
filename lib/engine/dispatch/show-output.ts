import { outputKey } from '../ports/blob-keys.ts'
import type { Blobs } from '../ports/blobs.ts'
import type { Output } from '../ports/launcher.ts'
import { isFinishedAt, retriesAt } from '../records/run.ts'
import type { Custody } from './custody.ts'

const encoder = new TextEncoder()

export async function keepOutput(blobs: Blobs, key: string, output: Output): Promise<void> {
  await blobs.put({ key, parts: [encoder.encode(JSON.stringify(output))] })
}

/** Keeps what running jobs of this chunk printed since the last time, for whoever asks elsewhere. Only their ends wait for it. */
export function showOutput(blobs: Blobs, custody: Custody, onError: (error: unknown) => void): Promise<void> {
  const fresh = custody.unshown ?? []
  custody.unshown = undefined
  const before = custody.showing
  custody.showing = (async () => {
    await before
    for (const offset of fresh) {
      const { run, outputs } = custody
      const output = outputs?.get(offset)
      if (output === undefined || isFinishedAt(run, offset)) continue
      const tries = retriesAt(run, offset) + 1
      await keepOutput(blobs, outputKey({ jid: run.first + offset, attempt: run.attempt, tries }), output)
    }
  })().catch(onError)
  return custody.showing
}
