import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { lstat, open, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { createGzip } from 'node:zlib'
import { encodeEntry } from '../../protocol/archive.ts'
import { CloudException } from '../../protocol/errors.ts'
import { ARCHIVE_PIECE_BYTES, MAX_ARCHIVE_PIECES } from '../../protocol/limits.ts'

/** A packed archive, in pieces of a file. */
export interface PackedArchive {
  readonly file: string
  /** Bytes. */
  readonly size: number
  /** SHA-256 of each piece. */
  readonly pieces: readonly string[]
}

/**
 * Packs the files below a folder, in the order of their paths. Links, and folders of links to programs, are left out.
 * @throws {CloudException} `too-large`
 */
export async function packFolder(folder: string, file: string): Promise<PackedArchive> {
  const source = Readable.from(entriesOf(folder), { objectMode: false })
  const gzip = createGzip()
  source.on('error', error => gzip.destroy(error))
  source.pipe(gzip)
  await using handle = await open(file, 'wx', 0o600)
  const pieces: string[] = []
  let hash = createHash('sha256')
  let [size, inPiece] = [0, 0]
  for await (const chunk of gzip as AsyncIterable<Buffer>) {
    for (let at = 0; at < chunk.byteLength; ) {
      const part = chunk.subarray(at, at + ARCHIVE_PIECE_BYTES - inPiece)
      hash.update(part)
      at += part.byteLength
      inPiece += part.byteLength
      if (inPiece < ARCHIVE_PIECE_BYTES) continue
      pieces.push(hash.digest('hex'))
      if (pieces.length === MAX_ARCHIVE_PIECES) throw tooLarge()
      hash = createHash('sha256')
      inPiece = 0
    }
    size += chunk.byteLength
    await handle.writeFile(chunk)
  }
  if (inPiece > 0) pieces.push(hash.digest('hex'))
  return { file, size, pieces }
}

/** The bytes of one piece. */
export async function readPiece({ file, size }: PackedArchive, index: number): Promise<Uint8Array> {
  await using handle = await open(file)
  const start = index * ARCHIVE_PIECE_BYTES
  const bytes = Buffer.allocUnsafe(Math.min(ARCHIVE_PIECE_BYTES, size - start))
  await handle.read(bytes, 0, bytes.byteLength, start)
  return bytes
}

async function* entriesOf(folder: string): AsyncGenerator<Uint8Array> {
  for (const path of (await filesOf(folder, '')).sort()) {
    const place = join(folder, path)
    const { size, mode } = await lstat(place)
    yield encodeEntry({ path, size, executable: (mode & 0o100) !== 0 })
    if (size > 0) yield* createReadStream(place)
  }
}

async function filesOf(folder: string, below: string): Promise<string[]> {
  const found: string[] = []
  for (const entry of await readdir(join(folder, below), { withFileTypes: true })) {
    const path = below === '' ? entry.name : `${below}/${entry.name}`
    if (entry.isDirectory() && entry.name !== '.bin') found.push(...(await filesOf(folder, path)))
    else if (entry.isFile()) found.push(path)
  }
  return found
}

function tooLarge(): CloudException {
  const limit = MAX_ARCHIVE_PIECES * ARCHIVE_PIECE_BYTES
  return new CloudException(`The packages take more than ${limit} bytes, packed: an environment has up to that.`, {
    code: 'too-large',
  })
}
