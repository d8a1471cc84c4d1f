// What everybody runs. The peers load this file in their workers; cloud.mp captures the functions.

/** Of the buffers that travel whole. */
export const BUFFER_BYTES = 50_000_000

export const noOp = (value: number): number => value

/** Reads the buffer's end, so that a transfer that is not finished cannot pass for one. */
export const lastByteOf = (buffer: Uint8Array): number => buffer[buffer.length - 1] ?? -1

/** Makes it once in a process: making is not what is measured. */
export const largeBuffer = (): Uint8Array => {
  const kept = globalThis as { largeBuffer?: Uint8Array }
  kept.largeBuffer ??= new Uint8Array(BUFFER_BYTES).fill(7)
  return kept.largeBuffer
}

export type JobName = 'noOp' | 'lastByteOf' | 'largeBuffer'
