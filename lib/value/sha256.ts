import { hash as digest } from 'node:crypto'

/**
 * Bytes up to which the first few hashes of a process are made here: Node's crypto takes 4 ms to load, which are a part of
 * what a first call takes at both ends. This needs some 0.1 ms for the first, and then 20 µs a kilobyte.
 */
export const OWN_BYTES = 8 * 1024
/** Hashes that are made here. Whoever makes more gains by Node's, which is ten times as fast. */
export const OWN_HASHES = 12

const BLOCK_BYTES = 64
const WORDS = 64
let made = 0

/** SHA-256 in hexadecimal. */
export function sha256(bytes: Uint8Array): string {
  if (bytes.byteLength > OWN_BYTES || made === OWN_HASHES) return digest('sha256', bytes, 'hex')
  made++
  return ownSha256(bytes)
}

/** The same without Node's crypto, as FIPS 180-4 describes it. */
export function ownSha256(bytes: Uint8Array): string {
  const { roundConstants, beginning } = constants()
  const state = beginning.slice()
  const message = padded(bytes)
  const words = new Int32Array(WORDS)
  for (let at = 0; at < message.byteLength; at += BLOCK_BYTES) {
    schedule(words, new DataView(message.buffer, at, BLOCK_BYTES))
    compress(state, words, roundConstants)
  }
  return Array.from(state, word => (word >>> 0).toString(16).padStart(8, '0')).join('')
}

/** Followed by a bit 1, zeros, and its length in bits as the last 8 bytes of a block. */
function padded(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const size = Math.ceil((bytes.byteLength + 9) / BLOCK_BYTES) * BLOCK_BYTES
  const message = new Uint8Array(size)
  message.set(bytes)
  message[bytes.byteLength] = 0x80
  new DataView(message.buffer).setBigUint64(size - 8, BigInt(bytes.byteLength) * 8n)
  return message
}

function schedule(words: Int32Array, block: DataView): void {
  for (let t = 0; t < 16; t++) words[t] = block.getInt32(4 * t)
  for (let t = 16; t < WORDS; t++) {
    const a = words[t - 15] as number
    const b = words[t - 2] as number
    const s0 = rotated(a, 7) ^ rotated(a, 18) ^ (a >>> 3)
    const s1 = rotated(b, 17) ^ rotated(b, 19) ^ (b >>> 10)
    words[t] = (words[t - 16] as number) + s0 + (words[t - 7] as number) + s1
  }
}

function compress(state: Int32Array, words: Int32Array, roundConstants: Int32Array): void {
  let [a, b, c, d, e, f, g, h] = state as unknown as [number, number, number, number, number, number, number, number]
  for (let t = 0; t < WORDS; t++) {
    const s1 = rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25)
    const chosen = (e & f) ^ (~e & g)
    const t1 = (h + s1 + chosen + (roundConstants[t] as number) + (words[t] as number)) | 0
    const s0 = rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)
    const majority = (a & b) ^ (a & c) ^ (b & c)
    h = g
    g = f
    f = e
    e = (d + t1) | 0
    d = c
    c = b
    b = a
    a = (t1 + s0 + majority) | 0
  }
  const added = [a, b, c, d, e, f, g, h]
  for (let index = 0; index < added.length; index++) {
    state[index] = (state[index] as number) + (added[index] as number)
  }
}

function rotated(word: number, bits: number): number {
  return (word >>> bits) | (word << (32 - bits))
}

interface Constants {
  readonly roundConstants: Int32Array
  readonly beginning: Int32Array
}
let known: Constants | undefined

/** The first 32 bits of the fractions of the cube roots of the first 64 primes, and of the square roots of the first 8. */
function constants(): Constants {
  if (known !== undefined) return known
  const primes: number[] = []
  for (let n = 2; primes.length < WORDS; n++) if (primes.every(prime => n % prime !== 0)) primes.push(n)
  const fractions = (root: (prime: number) => number, count: number): Int32Array =>
    Int32Array.from(primes.slice(0, count), prime => (root(prime) % 1) * 2 ** 32)
  known = { roundConstants: fractions(Math.cbrt, WORDS), beginning: fractions(Math.sqrt, 8) }
  return known
}
