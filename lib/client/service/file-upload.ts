import { createHash, randomBytes } from 'node:crypto'
import { type FileHandle, open } from 'node:fs/promises'
import { CloudException } from '../../protocol/errors.ts'
import type { FileCommit, FilePart, FilePartsAnswer } from '../../protocol/files.ts'
import { inParts } from '../../protocol/in-parts.ts'
import { FILE_PART_BYTES, MAX_ASKED_PARTS, MAX_FILE_BYTES } from '../../protocol/limits.ts'
import { paths } from '../../protocol/paths.ts'
import type { Transport } from '../connect/transport.ts'
import type { TransferOptions } from './files.ts'
import { untilAborted } from './until-aborted.ts'

/** Parts that are on their way at a time: so many times 16 MiB are held. */
const IN_FLIGHT = 3

interface Hashed {
  readonly size: number
  readonly md5: string
  readonly parts: readonly FilePart[]
}

/** Reads a file once, a part at a time. Throws `not-found` when there is none, `too-large` above what the service takes. */
export async function hashFile(path: string): Promise<Hashed> {
  await using file = await opened(path)
  const md5 = createHash('md5')
  const parts: FilePart[] = []
  let size = 0
  for await (const bytes of partsOf(file, 0)) {
    md5.update(bytes)
    parts.push({ size: bytes.byteLength, sha256: sha256Of(bytes) })
    size += bytes.byteLength
    refuseTooLarge(size, path)
  }
  return { size, md5: md5.digest('hex'), parts }
}

/**
 * Stores a file of this machine. The upload is named by what is in it: the same put again, after one that broke off, sends
 * what is missing.
 */
export async function putFile(
  transport: Transport,
  path: string,
  name: string,
  options: TransferOptions,
): Promise<void> {
  const { size, md5, parts } = await hashFile(path)
  const upload = createHash('sha256').update(`${md5} ${size}`).digest('hex').slice(0, 40)
  await using file = await opened(path)
  let done = 0
  for (let first = 0; first < parts.length; first += MAX_ASKED_PARTS) {
    const asked = parts.slice(first, first + MAX_ASKED_PARTS)
    const answer: FilePartsAnswer = await transport.json('POST', paths.fileParts, { name, upload, first, parts: asked })
    await inParallel(answer.parts.length, async nth => {
      const { url, headers } = answer.parts[nth] as FilePartsAnswer['parts'][number]
      const part = asked[nth] as FilePart
      if (url !== undefined) {
        options.signal?.throwIfAborted()
        const bytes = Buffer.alloc(part.size)
        await file.read(bytes, 0, part.size, (first + nth) * FILE_PART_BYTES)
        // What changed meanwhile would be refused by whoever stores it: nobody would know why.
        if (sha256Of(bytes) !== part.sha256) throw changed(path)
        await transport.put(url, [bytes], headers)
      }
      done += part.size
      options.onProgress?.(done, size)
    })
  }
  await commit(transport, { name, upload, size, md5, parts: [...parts] })
}

/** Stores what a stream gives, a part at a time. Where that fails or is aborted, what was sent is deleted. */
export async function putStream(
  transport: Transport,
  source: AsyncIterable<Uint8Array>,
  name: string,
  options: TransferOptions,
): Promise<void> {
  const upload = randomBytes(20).toString('hex')
  const md5 = createHash('md5')
  const parts: FilePart[] = []
  const sending = new Set<Promise<void>>()
  let size = 0
  let failure: { readonly error: unknown } | undefined
  try {
    for await (const bytes of inParts(untilAborted(source, options.signal), FILE_PART_BYTES)) {
      size += bytes.byteLength
      refuseTooLarge(size, name)
      md5.update(bytes)
      const first = parts.push({ size: bytes.byteLength, sha256: sha256Of(bytes) }) - 1
      const total = size
      const sent = send(first, bytes).then(
        () => options.onProgress?.(total, undefined),
        (error: unknown) => {
          failure ??= { error }
        },
      )
      sending.add(sent)
      void sent.finally(() => sending.delete(sent))
      if (sending.size >= IN_FLIGHT) await Promise.race(sending)
      if (failure !== undefined) break
    }
  } catch (error) {
    await Promise.all(sending)
    if (parts.length > 0) await abandon(transport, name, upload)
    throw error
  }
  await Promise.all(sending)
  // Parts that could not be sent tell of a service that can't be asked to delete them either: the sweep does it.
  if (failure !== undefined) throw failure.error
  await commit(transport, { name, upload, size, md5: md5.digest('hex'), parts })

  async function send(first: number, bytes: Uint8Array): Promise<void> {
    const asked = { name, upload, first, parts: [parts[first]] }
    const { parts: places }: FilePartsAnswer = await transport.json('POST', paths.fileParts, asked)
    const [{ url, headers } = {}] = places
    if (url !== undefined) await transport.put(url, [bytes], headers)
  }
}

/** What stays all the same goes with the sweep: what the user is told is why the put ended. */
async function abandon(transport: Transport, name: string, upload: string): Promise<void> {
  const query = new URLSearchParams({ name, upload })
  await transport.json('DELETE', `${paths.fileParts}?${query}`).catch(() => undefined)
}

async function commit(transport: Transport, file: FileCommit): Promise<void> {
  await transport.json('PUT', paths.files, file)
}

/** Calls `work` for 0, 1, … `count` − 1, a few at a time. The first failure ends it. */
export async function inParallel(count: number, work: (index: number) => Promise<void>): Promise<void> {
  let next = 0
  const lane = async (): Promise<void> => {
    while (next < count) await work(next++)
  }
  await Promise.all(Array.from({ length: Math.min(IN_FLIGHT, count) }, lane))
}

async function* partsOf(file: FileHandle, from: number): AsyncGenerator<Uint8Array> {
  for (let at = from; ; at += FILE_PART_BYTES) {
    const bytes = Buffer.allocUnsafe(FILE_PART_BYTES)
    let filled = 0
    while (filled < FILE_PART_BYTES) {
      const { bytesRead } = await file.read(bytes, filled, FILE_PART_BYTES - filled, at + filled)
      if (bytesRead === 0) break
      filled += bytesRead
    }
    if (filled > 0) yield bytes.subarray(0, filled)
    if (filled < FILE_PART_BYTES) return
  }
}

/** Throws `not-found` where nothing is, and `invalid-argument` for what is no file, or may not be read. */
async function opened(path: string): Promise<FileHandle> {
  let file: FileHandle
  try {
    file = await open(path)
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') {
      throw new CloudException(`There is no file ${path} on this machine.`, { code: 'not-found', cause })
    }
    throw new CloudException(`${path} can’t be read: ${code}.`, { code: 'invalid-argument', cause })
  }
  if (!(await file.stat()).isDirectory()) return file
  await file.close()
  throw new CloudException(`${path} is a folder.`, { code: 'invalid-argument', hint: 'Store its files one by one.' })
}

function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

function refuseTooLarge(size: number, what: string): void {
  if (size <= MAX_FILE_BYTES) return
  throw new CloudException(`${what} has more than ${MAX_FILE_BYTES} bytes, which a file may have.`, {
    code: 'too-large',
  })
}

function changed(path: string): CloudException {
  return new CloudException(`${path} changed while it was read.`, {
    code: 'conflict',
    hint: 'Put it again when nobody writes it.',
  })
}
