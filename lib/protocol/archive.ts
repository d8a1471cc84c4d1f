/**
 * The format of an archive of files, before it is compressed. A file: u32 bytes of its head, little-endian · head, JSON ·
 * its bytes. Files come in the order of their paths; there are no folders, links, owners or times, so that the same content
 * gives the same bytes everywhere.
 */
export interface ArchiveEntry {
  /** Parts between slashes, none of them empty, `.` or `..`. */
  readonly path: string
  /** Bytes. */
  readonly size: number
  readonly executable: boolean
}

/** Bytes of a head: a path is at most 4,096 bytes on Linux. */
const MAX_HEAD_BYTES = 16 * 1024

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { fatal: true })

export function encodeEntry({ path, size, executable }: ArchiveEntry): Uint8Array {
  const json = encoder.encode(JSON.stringify([path, size, executable ? 1 : 0]))
  const bytes = new Uint8Array(4 + json.byteLength)
  new DataView(bytes.buffer).setUint32(0, json.byteLength, true)
  bytes.set(json, 4)
  return bytes
}

/** Whether a path stays below the folder that it is unpacked to. */
export function isInside(path: string): boolean {
  return !path.includes('\0') && path.split('/').every(part => part !== '' && part !== '.' && part !== '..')
}

/** What an archive is made of, as it streams in. */
export type ArchivePart = { readonly entry: ArchiveEntry } | { readonly bytes: Uint8Array }

/** Each entry, followed by its bytes in one or more parts. Throws an Error for what is no archive, or has a hostile path. */
export async function* readArchive(source: AsyncIterable<Uint8Array>): AsyncGenerator<ArchivePart> {
  let held: Uint8Array = new Uint8Array(0)
  let left = 0
  for await (const chunk of source) {
    let bytes = joined(held, chunk)
    for (;;) {
      if (left > 0) {
        const part = bytes.subarray(0, left)
        bytes = bytes.subarray(part.byteLength)
        left -= part.byteLength
        if (part.byteLength > 0) yield { bytes: part }
        if (left > 0) break
        continue
      }
      const head = headOf(bytes)
      if (head === undefined) break
      const entry = entryOf(head)
      bytes = bytes.subarray(4 + head.byteLength)
      left = entry.size
      yield { entry }
    }
    held = bytes
  }
  if (left > 0 || held.byteLength > 0) throw new Error('the archive ends in the middle of a file')
}

/** The next head, if all of it is there. */
function headOf(bytes: Uint8Array): Uint8Array | undefined {
  if (bytes.byteLength < 4) return undefined
  const size = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true)
  if (size > MAX_HEAD_BYTES) throw new Error('it is no archive')
  return bytes.byteLength < 4 + size ? undefined : bytes.subarray(4, 4 + size)
}

function entryOf(head: Uint8Array): ArchiveEntry {
  const [path, size, executable] = JSON.parse(decoder.decode(head)) as unknown[]
  if (typeof path !== 'string' || !Number.isSafeInteger(size) || (size as number) < 0)
    throw new Error('it is no archive')
  if (!isInside(path)) throw new Error(`“${path}” is no path of an archive`)
  return { path, size: size as number, executable: executable === 1 }
}

function joined(held: Uint8Array, chunk: Uint8Array): Uint8Array {
  if (held.byteLength === 0) return chunk
  const bytes = new Uint8Array(held.byteLength + chunk.byteLength)
  bytes.set(held)
  bytes.set(chunk, held.byteLength)
  return bytes
}
