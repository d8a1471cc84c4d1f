import { createHash, randomBytes } from 'node:crypto'
import type { FileFacts, FilePart } from '../../protocol/files.ts'
import { inParts } from '../../protocol/in-parts.ts'
import { FILE_PART_BYTES } from '../../protocol/limits.ts'
import type { Service } from '../route.ts'

/** Takes in a whole file as it comes, a part at a time. A body that breaks off leaves the old file, and nothing else. */
export async function putContent(
  files: Service['files'],
  name: string,
  body: readonly Uint8Array[] | AsyncIterable<Uint8Array>,
): Promise<FileFacts> {
  const upload = randomBytes(20).toString('hex')
  const md5 = createHash('md5')
  const parts: FilePart[] = []
  let size = 0
  try {
    for await (const bytes of inParts(body, FILE_PART_BYTES)) {
      md5.update(bytes)
      const part = await files.storePart({ name, upload, index: parts.length, bytes })
      parts.push(part)
      size += part.size
    }
  } catch (error) {
    // What stays all the same goes with the sweep.
    await files.abandon({ name, upload }).catch(() => undefined)
    throw error
  }
  return await files.commit({ name, upload, size, md5: md5.digest('hex'), parts })
}
