import { CloudException } from '../../protocol/errors.ts'
import type {
  FileCommit,
  FileFacts,
  FileList,
  FileListRequest,
  FilePart,
  FilePartsAnswer,
  FilePartsRequest,
  FilePlaces,
} from '../../protocol/files.ts'
import { FILE_PART_BYTES, MAX_LIST_ROWS } from '../../protocol/limits.ts'
import { paths } from '../../protocol/paths.ts'
import type { Blobs } from '../ports/blobs.ts'
import type { Ports } from '../ports/ports.ts'
import type { Registry, Stored } from '../ports/registry.ts'
import { invalid } from '../records/refuse.ts'
import { ofService } from './of-service.ts'

/**
 * Files by name. A file is a list of parts, each a blob of its own, in a folder of the upload that brought them.
 *
 * uploading: parts come, in any order, some perhaps from a try before; nobody sees them. The record `upload` tells the sweeper.
 * there: `commit` found all parts, and put the name's record. Until then the name means what it meant before.
 * gone: the name means another upload, or nothing: the old parts are deleted.
 */
export interface Files {
  /** Where to put parts; those that are there already are left out. */
  parts(request: FilePartsRequest): Promise<FilePartsAnswer>
  /** Takes a part that comes through the service; `folder` and `part` are those of its address. */
  putPart(folder: string, part: string, bytes: Uint8Array): Promise<void>
  /** Stores the part number `index` of an upload of that name itself. */
  storePart(params: { name: string; upload: string; index: number; bytes: Uint8Array }): Promise<FilePart>
  /** Deletes the parts of an upload that is not to be committed. Harmless where it was. */
  abandon(params: { name: string; upload: string }): Promise<void>
  getPart(folder: string, part: string): Promise<Uint8Array | undefined>
  /** Refuses `invalid-request` while a part is missing. */
  commit(request: FileCommit): Promise<FileFacts>
  info(name: string): Promise<FileFacts>
  /** A file, and where each part is to be read for a while. */
  places(name: string): Promise<FilePlaces>
  /** In the order of the names. */
  list(request: FileListRequest): Promise<FileList>
  delete(name: string): Promise<void>
  /** Deletes parts of uploads that were begun before `moment` (epoch milliseconds) and never ended. */
  sweep(moment: number): Promise<void>
}

interface FileRecord extends Omit<FileFacts, 'name'> {
  readonly upload: string
  /** Size and SHA-256 of each part. */
  readonly parts: readonly (readonly [number, string])[]
}

interface UploadRecord {
  readonly name: string
  readonly begun: number
}

const PAGE = 100
const encoder = new TextEncoder()

export function createFiles({
  registry: port,
  files: blobs,
  clock,
  digest,
}: Pick<Ports, 'registry' | 'files' | 'clock' | 'digest'>): Files {
  const registry = (): Registry => ofService(port, 'files')
  const store = (): Blobs => ofService(blobs, 'files')

  async function recordOf(name: string): Promise<{ readonly record: FileRecord; readonly version: string }> {
    const found = await registry().get({ kind: 'file', name })
    if (found !== undefined) return { record: found.value as FileRecord, version: found.version }
    throw new CloudException(`There is no file “${name}”.`, { code: 'not-found' })
  }

  /** Of one upload of one name, so that no two files have parts in common. */
  function folderOf(name: string, upload: string): string {
    return digest(encoder.encode(`${upload} ${name}`)).slice(0, 40)
  }

  async function begin(name: string, upload: string): Promise<void> {
    const value: UploadRecord = { name, begun: clock.now() }
    await registry().put({ kind: 'upload', name: upload, value })
  }

  async function isThere(upload: string, index: number, { size, sha256 }: FilePart): Promise<boolean> {
    return (await store().size({ key: partKey(upload, partName(index, sha256)) })) === size
  }

  async function forget(upload: string): Promise<void> {
    await store().delete({ key: `files/${upload}/` })
  }

  async function giveUp(from: Registry, { name, value, version }: Stored, moment: number): Promise<void> {
    const { begun, name: file } = value as UploadRecord
    if (begun > moment) return
    const record = (await from.get({ kind: 'file', name: file }))?.value as FileRecord | undefined
    // The same content once more, which was cut short: its parts are those of the file.
    const isUsed = record?.upload === name
    if ((await from.delete({ kind: 'upload', name, version })) && !isUsed) await forget(name)
  }

  return {
    async parts({ name: file, upload: given, first, parts }) {
      const upload = folderOf(file, given)
      if (first === 0) await begin(file, upload)
      const places = parts.map(async (part, nth): Promise<FilePartsAnswer['parts'][number]> => {
        const index = first + nth
        if (await isThere(upload, index, part)) return {}
        const name = partName(index, part.sha256)
        const { size, sha256 } = part
        const place = await store().uploadPlace?.({ key: partKey(upload, name), size, sha256 })
        if (place === undefined) return { url: partPath(upload, name) }
        return { url: place.url, ...(place.headers && { headers: { ...place.headers } }) }
      })
      return { parts: await Promise.all(places) }
    },
    async putPart(upload, part, bytes) {
      const sha256 = part.slice(part.indexOf('-') + 1)
      if (bytes.byteLength > FILE_PART_BYTES) throw invalid('A part is too large.', undefined, 'too-large')
      if (digest(bytes) !== sha256) {
        throw invalid('A part is not what was announced: its SHA-256 is another.', 'Did the file change meanwhile?')
      }
      await store().put({ key: partKey(upload, part), parts: [bytes], ifAbsent: true })
    },
    async storePart({ name, upload: given, index, bytes }) {
      const upload = folderOf(name, given)
      if (index === 0) await begin(name, upload)
      const sha256 = digest(bytes)
      await store().put({ key: partKey(upload, partName(index, sha256)), parts: [bytes], ifAbsent: true })
      return { size: bytes.byteLength, sha256 }
    },
    async abandon({ name, upload: given }) {
      const upload = folderOf(name, given)
      const left = await registry().get({ kind: 'upload', name: upload })
      if (left !== undefined) await giveUp(registry(), left, Number.POSITIVE_INFINITY)
    },
    getPart: (upload, part) => store().get({ key: partKey(upload, part) }),
    async commit({ name, upload: given, size, md5, parts }) {
      const upload = folderOf(name, given)
      const total = parts.reduce((sum, part) => sum + part.size, 0)
      if (total !== size) throw invalid(`The parts of “${name}” have ${total} bytes together, and not ${size}.`)
      for (let from = 0; from < parts.length; from += PAGE) {
        const there = await Promise.all(
          parts.slice(from, from + PAGE).map((part, nth) => isThere(upload, from + nth, part)),
        )
        const missing = there.indexOf(false)
        if (missing >= 0) throw invalid(`Part ${from + missing} of “${name}” is not there.`, 'Put it first.')
      }
      const modified = clock.now()
      for (;;) {
        const old = await registry().get({ kind: 'file', name })
        const before = old?.value as FileRecord | undefined
        const record: FileRecord = {
          size,
          md5,
          created: before?.created ?? modified,
          modified,
          upload,
          parts: parts.map(part => [part.size, part.sha256]),
        }
        const put = await registry().put({ kind: 'file', name, value: record, version: old?.version })
        // Another put of this name may be faster: the last one counts.
        if (put === undefined) continue
        await registry().delete({ kind: 'upload', name: upload })
        if (before !== undefined && before.upload !== upload) await forget(before.upload)
        return factsOf(name, record)
      }
    },
    async info(name) {
      return factsOf(name, (await recordOf(name)).record)
    },
    async places(name) {
      const { record } = await recordOf(name)
      const { upload } = record
      const parts = record.parts.map(async ([size, sha256], index) => {
        const part = partName(index, sha256)
        const url = (await store().downloadUrl?.({ key: partKey(upload, part) })) ?? partPath(upload, part)
        return { size, sha256, url }
      })
      return { ...factsOf(name, record), upload, parts: await Promise.all(parts) }
    },
    async list({ prefix, cursor, limit = MAX_LIST_ROWS }) {
      const found = await registry().list({
        kind: 'file',
        limit,
        ...(prefix !== undefined && prefix !== '' && { prefix }),
        ...(cursor !== undefined && { after: cursor }),
      })
      const files = found.map(({ name, value }) => factsOf(name, value as FileRecord))
      return { files, ...(found.length === limit && { cursor: found.at(-1)?.name }) }
    },
    async delete(name) {
      for (;;) {
        const { record, version } = await recordOf(name)
        if (!(await registry().delete({ kind: 'file', name, version }))) continue
        return await forget(record.upload)
      }
    },
    async sweep(moment) {
      if (port === undefined || blobs === undefined) return
      for (let after = ''; ; ) {
        const found = await port.list({ kind: 'upload', limit: PAGE, ...(after !== '' && { after }) })
        for (const upload of found) await giveUp(port, upload, moment)
        if (found.length < PAGE) return
        after = (found.at(-1) as Stored).name
      }
    },
  }
}

function partName(index: number, sha256: string): string {
  return `${index}-${sha256}`
}

function partKey(upload: string, part: string): string {
  return `files/${upload}/${part}`
}

function partPath(upload: string, part: string): string {
  return paths.filePart.replace(':upload', upload).replace(':part', part)
}

function factsOf(name: string, { size, md5, created, modified }: FileRecord): FileFacts {
  return { name, size, md5, created, modified }
}
