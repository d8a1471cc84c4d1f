import { CloudException } from '../../protocol/errors.ts'
import { closeSync, fstatSync, openSync, readSync } from './file-system.ts'

/** In memory of its own, as decoded binary data are views of it. */
export function wholeFile(path: string): Uint8Array {
  const descriptor = openSync(path, 'r')
  try {
    const bytes = Buffer.allocUnsafeSlow(fstatSync(descriptor).size)
    for (let at = 0; at < bytes.byteLength; ) {
      const read = readSync(descriptor, bytes, at, bytes.byteLength - at, null)
      if (read === 0) throw new CloudException(`The file ${path} is shorter than it was.`, { code: 'decode' })
      at += read
    }
    return bytes
  } finally {
    closeSync(descriptor)
  }
}
