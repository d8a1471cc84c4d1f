import { basename } from 'node:path'
import { Readable } from 'node:stream'
import { CloudException } from '../../protocol/errors.ts'
import { nameProblem } from '../../protocol/file-name.ts'
import type { FileFacts, FileList, FilePlaces } from '../../protocol/files.ts'
import { paths } from '../../protocol/paths.ts'
import { argumentError, shown } from '../argument-error.ts'
import type { Asking } from '../connect/asking.ts'
import { type ByteSpan, readSpan, saveFile } from './file-download.ts'
import { hashFile, putFile, putStream } from './file-upload.ts'

/** What a transfer tells while it goes on: bytes so far, and of how many; undefined where that is not known. */
export type TransferProgress = (bytes: number, total: number | undefined) => void

export interface TransferOptions {
  /** Called now and then, with bytes. */
  onProgress?: TransferProgress
  signal?: AbortSignal
}

/** A file as a stream: at run time one of Node's `Readable`s. */
export interface CloudFile extends AsyncIterable<Uint8Array> {
  /** Bytes of the whole file. */
  readonly fileSize: number
  /** MD5 of the whole file, hex. */
  readonly md5: string
}

/** What `putf` takes. */
export type FileSource = string | Uint8Array | AsyncIterable<Uint8Array | string>

/**
 * Files of the service, by name. A name is any Unicode text of up to 1,000 bytes; its parts between slashes are not empty, `.`
 * or `..`. A file has up to 15.6 GiB. A put that fails leaves what was there; put again, it goes on where it broke off.
 */
export interface Files {
  /**
   * Stores a file of this machine.
   * @param name default: the path's last part
   * @throws {CloudException} `not-found` when there is no such file here, `invalid-argument` for a name that is none
   */
  put(path: string, name?: string, options?: TransferOptions): Promise<void>
  /** Stores a text, a Buffer or what a stream gives, a part at a time. */
  putf(source: FileSource, name: string, options?: TransferOptions): Promise<void>
  /**
   * Writes a file to this machine; whoever looks sees it whole or not at all.
   * @param savePath default: the name's last part, in the current folder. A link there gives way; what it pointed at stays
   * @throws {CloudException} `not-found`; `invalid-argument` where a folder is
   */
  get(name: string, savePath?: string, options?: TransferOptions): Promise<void>
  /** A file as a stream; `startByte` and `endByte` (both included) take a piece of it. */
  getf(name: string, options?: { startByte?: number; endByte?: number }): Promise<CloudFile>
  /** Names, in their order. */
  list(prefix?: string): Promise<string[]>
  exists(name: string): Promise<boolean>
  /** @throws {CloudException} `not-found` */
  delete(name: string): Promise<void>
  /** Hex. @throws {CloudException} `not-found` */
  getMd5(name: string): Promise<string>
  /** Stores a file of this machine if the service has none of that name, or another. True if it was stored. */
  syncToCloud(path: string, name?: string, options?: TransferOptions): Promise<boolean>
  /** Writes a file to this machine if it is not there, or differs. True if it was written. */
  syncFromCloud(name: string, savePath?: string, options?: TransferOptions): Promise<boolean>
}

/** @param session the client's, opened on the first ask */
export function createFiles(session: () => Asking): Files {
  const transport = () => session().transport
  const facts = (name: string): Promise<FileFacts> => transport().json('GET', asked(paths.fileInfo, name))
  const places = (name: string): Promise<FilePlaces> => transport().json('GET', asked(paths.fileParts, name))

  async function ifThere(name: string): Promise<FileFacts | undefined> {
    try {
      return await facts(name)
    } catch (error) {
      if (CloudException.isCloudException(error) && error.code === 'not-found') return undefined
      throw error
    }
  }

  const files: Files = {
    async put(path, name = basename(path), options = {}) {
      checkName(name)
      await putFile(transport(), path, name, options)
    },
    async putf(source, name, options = {}) {
      checkName(name)
      await putStream(transport(), bytesOf(source), name, options)
    },
    async get(name, savePath = basename(name), options = {}) {
      await saveFile(transport(), await places(name), savePath, options)
    },
    async getf(name, { startByte = 0, endByte } = {}) {
      const found = await places(name)
      const span = spanOf(found, startByte, endByte)
      const stream = Readable.from(readSpan(transport(), found, span), { objectMode: false })
      return Object.assign(stream, { fileSize: found.size, md5: found.md5 })
    },
    async list(prefix = '') {
      const names: string[] = []
      for (let cursor: string | undefined; ; ) {
        const query = new URLSearchParams({ prefix, ...(cursor !== undefined && { cursor }) })
        const answer: FileList = await transport().json('GET', `${paths.files}?${query}`)
        names.push(...answer.files.map(({ name }) => name))
        cursor = answer.cursor
        if (cursor === undefined) return names
      }
    },
    exists: async name => (await ifThere(name)) !== undefined,
    async delete(name) {
      checkName(name)
      await transport().json('POST', paths.fileDelete, { name })
    },
    getMd5: async name => (await facts(name)).md5,
    async syncToCloud(path, name = basename(path), options = {}) {
      checkName(name)
      const there = await ifThere(name)
      if (there !== undefined && there.md5 === (await hashFile(path)).md5) return false
      await files.put(path, name, options)
      return true
    },
    async syncFromCloud(name, savePath = basename(name), options = {}) {
      const { md5 } = await facts(name)
      const here = await hashFile(savePath).catch((error: unknown) => {
        if (CloudException.isCloudException(error) && error.code === 'not-found') return undefined
        throw error
      })
      if (here?.md5 === md5) return false
      await files.get(name, savePath, options)
      return true
    },
  }
  return files
}

function asked(path: string, name: string): string {
  checkName(name)
  return `${path}?${new URLSearchParams({ name })}`
}

function checkName(name: string): void {
  if (typeof name !== 'string') throw argumentError(`A file’s name is text, not ${shown(name)}.`)
  const problem = nameProblem(name)
  if (problem !== undefined) throw argumentError(`${shown(name)} can’t be a file’s name: ${problem}.`)
}

function spanOf({ size }: FileFacts, startByte: number, endByte = size - 1): ByteSpan {
  for (const [name, value] of Object.entries({ startByte, endByte: size === 0 ? 0 : endByte })) {
    if (!Number.isSafeInteger(value) || value < 0) {
      throw argumentError(`${name} is ${shown(value)}: it takes an integer that is not negative.`)
    }
  }
  return { start: startByte, end: Math.min(endByte, size - 1) }
}

async function* bytesOf(source: FileSource): AsyncGenerator<Uint8Array> {
  if (typeof source === 'string') yield Buffer.from(source)
  else if (source instanceof Uint8Array) yield source
  else if (typeof source === 'object' && source !== null && Symbol.asyncIterator in source) {
    for await (const chunk of source) yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk
  } else throw argumentError(`putf takes a text, a Buffer or a stream, not ${shown(source)}.`)
}
