import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readdir, rename, rm, stat, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { decodePieces, type EnvironmentReference } from '../../protocol/archive-pieces.ts'
import { CloudException } from '../../protocol/errors.ts'
import type { Bundles } from './bundles.ts'
import { bytesBelow } from './bytes-on-disk.ts'
import { unpackArchive } from './unpack-archive.ts'
import { Unpacked } from './unpacked.ts'

/** Milliseconds after which a folder that was never finished, or never quite deleted, is nobody's any more. */
const LEFTOVER_MS = 3_600_000

const isHash = /^[0-9a-f]{64}$/

/**
 * Environments on this machine's disk: a folder each, named by the archive's hash. An archive is unpacked beside its place, and
 * renamed once it is whole; whoever comes second, of this process or another, finds the first one's. Beyond the limit those go
 * that were not used for longest, but none while a job needs it: such jobs may together take more than the limit.
 */
export class Environments {
  readonly #root: string | undefined
  readonly #limit: number
  readonly #bundles: Pick<Bundles, 'read'>
  readonly #there = new Unpacked()
  readonly #unpacking = new Map<string, Promise<void>>()
  /** Bytes of those that are just being unpacked. */
  #coming = 0
  #found: Promise<void> | undefined

  /**
   * @param root undefined where there are none
   * @param limit bytes that one may take, unpacked, and that all together take once no job needs more
   */
  constructor(root: string | undefined, limit: number, bundles: Pick<Bundles, 'read'>) {
    this.#root = root
    this.#limit = limit
    this.#bundles = bundles
  }

  /** Whether it is known to be unpacked. */
  has({ hash }: EnvironmentReference): boolean {
    return this.#there.has(hash)
  }

  /** A job needs it, from now on until `letGo`. */
  hold({ hash }: EnvironmentReference): void {
    this.#there.hold(hash)
  }

  letGo({ hash }: EnvironmentReference): void {
    this.#there.letGo(hash)
    if (!this.#there.has(hash) || this.#root === undefined) return
    // For the next process, which knows no other order.
    const now = new Date()
    utimes(join(this.#root, hash), now, now).catch(() => undefined)
    if (this.#there.total > this.#limit) void this.#makeRoom().catch(() => undefined)
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
  }

  async #unpack({ name, hash }: EnvironmentReference): Promise<void> {
    const root = this.#root
    if (root === undefined) throw refused(name, 'environments belong to a service')
    const place = join(root, hash)
    const temporary = join(root, `.${hash}.${randomUUID()}`)
    let bytes = 0
    try {
      await this.#lookOnce(root)
      if (this.#there.has(hash)) return
      await mkdir(temporary, { recursive: true, mode: 0o700 })
      await unpackArchive(this.#pieces(hash), temporary, async more => {
        bytes += more
        this.#coming += more
        if (bytes > this.#limit) throw new Error(`unpacked, it takes more than the ${this.#limit} bytes that are there`)
        await this.#makeRoom()
      })
      await rename(temporary, place).catch((error: unknown) => {
        // Another process was faster.
        if (!existsSync(place)) throw error
      })
      this.#there.add(hash, bytes)
    } catch (error) {
      throw refused(name, error instanceof Error ? error.message : String(error), error)
    } finally {
      this.#coming -= bytes
      await rm(temporary, { recursive: true, force: true })
    }
  }

  async #lookOnce(root: string): Promise<void> {
    this.#found ??= this.#look(root)
    await this.#found.catch((error: unknown) => {
      this.#found = undefined
      throw error
    })
  }

  /** What earlier processes left here, in the order in which they used it. */
  async #look(root: string): Promise<void> {
    await mkdir(root, { recursive: true, mode: 0o700 })
    const found: { readonly hash: string; readonly used: number; readonly bytes: number }[] = []
    for (const name of await readdir(root)) {
      const place = join(root, name)
      const used = (await stat(place)).mtimeMs
      if (isHash.test(name)) found.push({ hash: name, used, bytes: await bytesBelow(place) })
      else if (used < Date.now() - LEFTOVER_MS) await rm(place, { recursive: true, force: true })
    }
    for (const { hash, bytes } of found.sort((one, other) => one.used - other.used)) this.#there.add(hash, bytes)
  }

  async #makeRoom(): Promise<void> {
    for (const hash of this.#there.excess(this.#limit - this.#coming)) {
      this.#there.remove(hash)
      // Out of its place at once, so that whoever needs it again unpacks it whole.
      const gone = join(this.#root as string, `.${hash}.${randomUUID()}`)
      await rename(join(this.#root as string, hash), gone).catch(absent)
      await rm(gone, { recursive: true, force: true })
    }
  }

  async *#pieces(hash: string): AsyncGenerator<Uint8Array> {
    for (const piece of decodePieces(await this.#bundles.read(hash))) yield await this.#bundles.read(piece)
  }
}

function absent(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error
}

function refused(name: string, why: string, cause?: unknown): CloudException {
  return new CloudException(`The environment “${name}” can’t be unpacked here: ${why}.`, { code: 'revive', cause })
}
