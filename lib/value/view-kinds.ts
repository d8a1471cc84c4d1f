interface ViewKind {
  readonly name: string
  readonly prototype: object
  /** Bytes of an element. */
  readonly bytes: number
  create(buffer: ArrayBuffer, offset: number, length: number): ArrayBufferView
}

interface ViewConstructor {
  new (buffer: ArrayBuffer, offset: number, length: number): ArrayBufferView
  readonly name: string
  readonly prototype: object
}

function viewKind(view: ViewConstructor, bytes: number): ViewKind {
  const create = (buffer: ArrayBuffer, offset: number, length: number) => new view(buffer, offset, length)
  return { name: view.name, prototype: view.prototype, bytes, create }
}

const { from } = Buffer

/** The kinds of views, in the order of their numbers on the wire. Only ever append. */
export const viewKinds: readonly ViewKind[] = [
  viewKind(DataView, 1),
  { name: 'Buffer', prototype: Buffer.prototype, bytes: 1, create: from },
  viewKind(Int8Array, 1),
  viewKind(Uint8Array, 1),
  viewKind(Uint8ClampedArray, 1),
  viewKind(Int16Array, 2),
  viewKind(Uint16Array, 2),
  viewKind(Int32Array, 4),
  viewKind(Uint32Array, 4),
  viewKind(Float32Array, 4),
  viewKind(Float64Array, 8),
  viewKind(BigInt64Array, 8),
  viewKind(BigUint64Array, 8),
  viewKind(Float16Array, 2),
]
