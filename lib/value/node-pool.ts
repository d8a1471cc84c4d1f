import * as own from './captured.ts'

/**
 * Whether Node cuts small Buffers of many owners out of this memory. It marks such memory, so that nobody transfers it to
 * another thread; its size is asked first, as that is cheaper and true of few others.
 */
export function isNodesPool(buffer: ArrayBuffer): boolean {
  if (own.arrayBuffer.bytes(buffer) !== own.getOwnPropertyDescriptor(Buffer, 'poolSize')?.value) return false
  return process.getBuiltinModule('node:worker_threads').isMarkedAsUntransferable(buffer)
}
