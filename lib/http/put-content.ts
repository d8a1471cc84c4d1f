import { createHash, randomBytes } from 'node:crypto'
import { FILE_PART_BYTES, type FileFacts, type FilePart } from '../protocol/files.ts'
import type { Service } from './route.ts'

/** Takes in a whole file as it comes, a part at a time. A body that breaks off leaves the old file. */
export async function putContent(
  files: Service['files'],
  name: string,
  body: readonly Uint8Array[] | AsyncIterable<Uint8Array>,
): Promise<FileFacts> {
  const upload = randomBytes(20).toString('hex')
  const md5 = createHash('md5')
  const parts: FilePart[] = []
  let size = 0
  for await (const bytes of inParts(body)) {
    md5.update(bytes)
    const part = await files.storePart({ name, upload, index: parts.length, bytes })
    parts.push(part)
    size += part.size
  }
  return await files.commit({ name, upload, size, md5: md5.digest('hex'), parts })
}

/** Buffers of a part's size, but for the last. */
async function* inParts(body: readonly Uint8Array[] | AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let held: Uint8Array[] = []
  let count = 0
  for await (const chunk of body) {
    let rest: Uint8Array = chunk
    while (count + rest.byteLength >= FILE_PART_BYTES) {
      const taken = FILE_PART_BYTES - count
      yield Buffer.concat([...held, rest.subarray(0, taken)])
      held = []
      count = 0
      rest = rest.subarray(taken)
    }
    if (rest.byteLength > 0) held.push(rest)
    count += rest.byteLength
  }
  if (count > 0) yield Buffer.concat(held)
}
