import { frame, frameKind, type Spec } from './wire.ts'

/** A bundle that goes along with a spec: its bytes, or the file that holds them. */
export interface BundleSent {
  readonly hash: string
  readonly file?: string
  readonly bytes?: Uint8Array
  /** Bytes. */
  readonly size: number
}

interface Head {
  readonly id: number
  readonly spec: Spec
  /** In the order of their bytes, which follow end to end; those with a file have none. */
  readonly bundles: readonly Omit<BundleSent, 'bytes'>[]
}

/** Body: u32 bytes of JSON · JSON · bundles. Once a child and function, so that JSON does no harm. */
export function encodeSpec(id: number, spec: Spec, bundles: readonly BundleSent[]): Uint8Array {
  const head: Head = {
    id,
    spec,
    bundles: bundles.map(({ hash, file, size }) => (file === undefined ? { hash, size } : { hash, size, file })),
  }
  const json = Buffer.from(JSON.stringify(head))
  const size = Buffer.allocUnsafe(4)
  size.writeUInt32LE(json.byteLength)
  return frame(frameKind.spec, Buffer.concat([size, json, ...bundles.map(({ bytes }) => bytes ?? new Uint8Array(0))]))
}

export function decodeSpec(body: Buffer): { id: number; spec: Spec; bundles: readonly BundleSent[] } {
  const size = body.readUInt32LE(0)
  const { id, spec, bundles }: Head = JSON.parse(body.toString('utf8', 4, 4 + size))
  let at = 4 + size
  return {
    id,
    spec,
    bundles: bundles.map(({ hash, file, size: length }) => {
      if (file !== undefined) return { hash, file, size: length }
      const bytes = body.subarray(at, at + length)
      at += length
      return { hash, bytes, size: length }
    }),
  }
}

export function sizeOfBundles(bundles: readonly BundleSent[]): number {
  let bytes = 0
  for (const { size } of bundles) bytes += size
  return bytes
}
