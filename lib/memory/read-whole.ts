import { open } from 'node:fs/promises'

/** Bytes of one read: libuv takes no more. */
const MAX_READ_BYTES = 2 ** 30

/** With as few reads as can be: `readFile` goes to the thread pool for each half megabyte. In memory of its own. */
export async function readWhole(file: string): Promise<Uint8Array> {
  const handle = await open(file)
  try {
    const bytes = Buffer.allocUnsafeSlow((await handle.stat()).size)
    for (let at = 0; at < bytes.byteLength; ) {
      const { bytesRead } = await handle.read(bytes, at, Math.min(MAX_READ_BYTES, bytes.byteLength - at), at)
      if (bytesRead === 0) throw new Error(`${file} is shorter than it was`)
      at += bytesRead
    }
    return bytes
  } finally {
    await handle.close()
  }
}
