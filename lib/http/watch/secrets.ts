import { createHash, randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import type { Secrets } from '../../engine/ports/secrets.ts'

const SECRET_BYTES = 32
const HASH_BYTES = 32
/** A tenth of a second, and 32 MiB. */
const cost = { N: 2 ** 15, r: 8, p: 3, maxmem: 64 * 1024 * 1024 } as const

/** Node's own cryptography. */
export const secrets: Secrets = {
  make: () => randomBytes(SECRET_BYTES).toString('base64url'),
  hashPassword: ({ password, salt }) =>
    new Promise((resolve, reject) => {
      scrypt(password.normalize('NFC'), salt, HASH_BYTES, cost, (error, hash) => {
        if (error) reject(error)
        else resolve(hash.toString('hex'))
      })
    }),
  // Of hashes of both: texts of different lengths take the same time.
  isSame: (one, other) => timingSafeEqual(sha256(one), sha256(other)),
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
