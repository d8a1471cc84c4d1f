import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { readArchive } from '../protocol/archive.ts'
import { decodePieces, type EnvironmentReference } from '../protocol/archive-pieces.ts'
import { CloudException } from '../protocol/errors.ts'
import type { Bundles } from './bundles.ts'

/**
 * Environments on this machine's disk: a folder each, named by the archive's hash. An archive is unpacked beside its place, and
 * renamed once it is whole; whoever comes second, of this process or another, finds the first one's.
 */
export class Environments {
  readonly #root: string | undefined
  readonly #bundles: Pick<Bundles, 'read'>
  readonly #there = new Set<string>()
  readonly #unpacking = new Map<string, Promise<void>>()

  /** @param root undefined where there are none */
  constructor(root: string | undefined, bundles: Pick<Bundles, 'read'>) {
    this.#root = root
    this.#bundles = bundles
  }

  /** Whether it is known to be unpacked. */
  has({ hash }: EnvironmentReference): boolean {
    return this.#there.has(hash)
  }

  /** @throws {CloudException} `revive` when it can't be had here */
  async unpack(environment: EnvironmentReference): Promise<void> {
    const { hash } = environment
    if (this.#there.has(hash)) return
    let unpacking = this.#unpacking.get(hash)
    if (unpacking === undefined) {
      unpacking = this.#unpack(environment).finally(() => this.#unpacking.delete(hash))
      this.#unpacking.set(hash, unpacking)
    }
    await unpacking
    this.#there.add(hash)
  }

  async #unpack({ name, hash }: EnvironmentReference): Promise<void> {
    if (this.#root === undefined) throw refused(name, 'environments belong to a service')
    const place = join(this.#root, hash)
    if (existsSync(place)) return
    const temporary = join(this.#root, `.${hash}.${randomUUID()}`)
    try {
      await mkdir(temporary, { recursive: true, mode: 0o700 })
      await unpackArchive(this.#pieces(hash), temporary)
      await rename(temporary, place).catch((error: unknown) => {
        // Another process was faster.
        if (!existsSync(place)) throw error
      })
    } catch (error) {
      throw refused(name, error instanceof Error ? error.message : String(error), error)
    } finally {
      await rm(temporary, { recursive: true, force: true })
    }
  }

  async *#pieces(hash: string): AsyncGenerator<Uint8Array> {
    for (const piece of decodePieces(await this.#bundles.read(hash))) yield await this.#bundles.read(piece)
  }
}

/** Writes the files of a compressed archive below an empty folder. Throws for a path that leads out of it, or comes twice. */
export async function unpackArchive(compressed: AsyncIterable<Uint8Array>, folder: string): Promise<void> {
  const gunzip = createGunzip()
  const source = Readable.from(compressed, { objectMode: true })
  source.on('error', error => gunzip.destroy(error))
  source.pipe(gunzip)
  let file: FileHandle | undefined
  const made = new Set<string>()
  try {
    for await (const part of readArchive(gunzip)) {
      if ('bytes' in part) {
        await file?.writeFile(part.bytes)
        continue
      }
      await file?.close()
      const { path, executable } = part.entry
      const place = join(folder, path)
      const parent = dirname(place)
      if (!made.has(parent)) await mkdir(parent, { recursive: true })
      made.add(parent)
      file = await open(place, 'wx', executable ? 0o755 : 0o644)
    }
  } finally {
    await file?.close()
    source.destroy()
    gunzip.destroy()
  }
}

function refused(name: string, why: string, cause?: unknown): CloudException {
  return new CloudException(`The environment “${name}” can’t be unpacked here: ${why}.`, { code: 'revive', cause })
}
