/**
 * What parent and child say to each other. Two sockets: on fd 3 frames for the child's main thread, on fd 4 eight-byte
 * notes for its watchdog thread, which answers even while user code loops.
 *
 * A frame: u32 size of the whole · u32 kind · body; little-endian. Its body is binary, never JSON for a job.
 */
export const FRAME_HEADER_BYTES = 8
/** The child's ends of the two sockets. */
export const DATA_FD = 3
export const CONTROL_FD = 4

export const frameKind = {
  // Parent to child.
  spec: 1,
  run: 2,
  abort: 3,
  answer: 4,
  // Child to parent.
  ready: 16,
  done: 17,
  profile: 18,
  ask: 19,
  askEnded: 20,
  bye: 21,
} as const
export type FrameKind = (typeof frameKind)[keyof typeof frameKind]

/** How the bytes of an argument tuple or a result travel: themselves, or the path of a file that holds them. */
export const carriage = { inline: 0, file: 1 } as const

/** How a job ended, as the child says it. */
export const ending = { done: 0, failed: 1 } as const

/** Notes on fd 4: u32 what · u32 sequence number. */
export const note = {
  /** Parent: start no job up to this one that has not started. Thread: the first job that was taken back. */
  recall: 1,
  /** Thread: it listens. */
  listening: 2,
} as const
export const NOTE_BYTES = 8

/** Bytes of a body that goes through the socket; a larger one goes as a file. */
export const MAX_SOCKET_BYTES = 256 * 1024

/** What every job of one function with the same options has in common. Sent once to each child that runs some. */
export interface Spec {
  readonly bundle: string
  /** Hash of the bundle's code, which other bundles may share. */
  readonly code: string
  readonly modules: readonly string[]
  readonly level: 0 | 1 | 2
  readonly profile: boolean
  readonly name: string
}

export function frame(kind: FrameKind, body: Uint8Array): Uint8Array {
  const bytes = Buffer.allocUnsafe(FRAME_HEADER_BYTES + body.byteLength)
  bytes.writeUInt32LE(bytes.byteLength, 0)
  bytes.writeUInt32LE(kind, 4)
  bytes.set(body, FRAME_HEADER_BYTES)
  return bytes
}

export function noteOf(what: number, sequence: number): Uint8Array {
  const bytes = Buffer.allocUnsafe(NOTE_BYTES)
  bytes.writeUInt32LE(what, 0)
  bytes.writeUInt32LE(sequence, 4)
  return bytes
}
