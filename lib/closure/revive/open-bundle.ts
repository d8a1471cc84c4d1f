import { hash } from 'node:crypto'
import { CloudException } from '../../protocol/errors.ts'
import { decodeFrame } from '../../protocol/frame.ts'
import {
  BUNDLE_VERSION,
  type BundleHeader,
  type CodeHeader,
  type WireAsset,
  type WireFunction,
  type WireReference,
} from '../bundle-format.ts'

/** A bundle taken apart. Nothing of it has run. */
export interface OpenBundle {
  readonly header: BundleHeader
  /** What `prepare` takes. One process may run all bundles of one code. */
  readonly code: Uint8Array
  readonly data: Uint8Array
  /** Package bundles that came along, by hash. */
  readonly carried: ReadonlyMap<string, Uint8Array>
}

export interface OpenCode {
  readonly header: CodeHeader
  readonly text: string
}

const foreign = 'is not of this version, or broken'

/**
 * @param digest SHA-256 in hexadecimal
 * @throws {CloudException} with code `revive` for anything that is not exactly a bundle
 */
export function openBundle(bytes: Uint8Array, digest = sha256): OpenBundle {
  const { header, sections } = decodeFrame(bytes)
  const [code, data, ...carried] = sections
  if (!isBundleHeader(header)) throw refuse(`its header ${foreign}`)
  if (code === undefined || data === undefined || carried.length !== header.carried.length) {
    throw refuse('its sections are not those that it names')
  }
  if (digest(code) !== header.code) throw refuse('its code is not the one that was sent')
  const modules = new Map(header.carried.map((hash, at) => [hash, carried[at] as Uint8Array]))
  return { header, code, data, carried: modules }
}

/** Reads the code of a bundle: to know which package bundles it needs before it is prepared. */
export function openCode(bytes: Uint8Array): OpenCode {
  const { header, sections } = decodeFrame(bytes)
  const [text] = sections
  if (text === undefined || sections.length !== 1) throw refuse('its code has not one section')
  if (!isCodeHeader(header)) throw refuse(`its code’s header ${foreign}`)
  return { header, text: new TextDecoder('utf-8', { fatal: true }).decode(text) }
}

/** In hexadecimal. */
export function sha256(bytes: Uint8Array): string {
  return hash('sha256', bytes, 'hex')
}

export function refuse(why: string, cause?: unknown): CloudException {
  return new CloudException(`This function can’t be revived: ${why}.`, {
    code: 'revive',
    cause,
    hint: 'Caller and worker may run different versions of PiCloud.',
  })
}

/** @throws {CloudException} unless it is one, of that length where it is given */
export function list(value: unknown, length?: number): readonly unknown[] {
  if (Array.isArray(value) && value.length === (length ?? value.length)) return value
  throw refuse('its data do not fit its code')
}

type Loose<T> = { readonly [K in keyof T]?: unknown }

function isBundleHeader(header: unknown): header is BundleHeader {
  const {
    version,
    code,
    instances,
    owners = [],
    withs = [],
    functions,
    known,
    carried,
    constant,
  } = asObject<BundleHeader>(header)
  if (typeof constant !== 'boolean' || !isText(code) || !isListOf(carried, isText)) return false
  if (version !== BUNDLE_VERSION || !isCounts(instances, -1) || instances.length % 2 !== 0) return false
  for (let at = 0; at < instances.length; at += 2) if ((instances[at + 1] as number) >= at / 2) return false
  if (!isListOf(known, item => typeof item === 'string' || isCount(item)) || known.length % 2 !== 0) return false
  if (!isCounts(owners, -Infinity) || !isCounts(withs, -Infinity)) return false
  return isListOf(functions, item => isWireFunction(item, instances.length / 2))
}

function isWireFunction(item: unknown, instanceCount: number): item is WireFunction {
  const { instance, member, name, base, cells, partial = [], of, part } = asObject<WireFunction>(item)
  if (!isCount(instance) || instance >= instanceCount || !isCount(member)) return false
  if (name !== undefined && typeof name !== 'string') return false
  if (base !== undefined && !isCount(base)) return false
  if (of !== undefined && !(isCount(of) && isCount(part) && part < 6)) return false
  if (!isCounts(partial) || !isCounts(cells) || cells.length % 2 !== 0) return false
  return cells.every((cell, at) => at % 2 === 1 || cell < instanceCount)
}

function isCodeHeader(header: unknown): header is CodeHeader {
  const { version, modules, references, scopes, files, positions, assets = [] } = asObject<CodeHeader>(header)
  if (version !== BUNDLE_VERSION || !isListOf(modules, isText) || !isListOf(files, isText)) return false
  if (!isCounts(positions) || positions.length % 6 !== 0) return false
  if (positions.some((file, at) => at % 6 === 3 && file >= files.length)) return false
  if (!isListOf(references, (item): item is WireReference => isListOf(item, isText) && item.length >= 2)) return false
  if (!isListOf(assets, isWireAsset)) return false
  return (
    isCounts(scopes, -1) && scopes.length > 0 && scopes.every((parent, at) => parent < at && parent >= 0 === at > 0)
  )
}

/** Its path leads down only. */
function isWireAsset(item: unknown): boolean {
  const { root, path, hash } = asObject<WireAsset>(item)
  if (!isText(root) || !isText(path) || !isText(hash) || path.includes('\0')) return false
  return root.startsWith('/') && path.split('/').every(part => part !== '' && part !== '.' && part !== '..')
}

function asObject<T>(value: unknown): Loose<T> {
  return typeof value === 'object' && value !== null ? value : {}
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}

function isCount(value: unknown, least = 0): value is number {
  return Number.isSafeInteger(value) && (value as number) >= least
}

function isCounts(value: unknown, least = 0): value is number[] {
  return isListOf(value, item => isCount(item, least))
}

function isListOf<T>(value: unknown, test: (item: unknown) => item is T): value is T[]
function isListOf(value: unknown, test: (item: unknown) => boolean): value is unknown[]
function isListOf(value: unknown, test: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(item => test(item))
}
