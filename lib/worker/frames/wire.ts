import type { EnvironmentReference } from '../../protocol/archive-pieces.ts'
import { FRAME_HEADER_BYTES } from '../../protocol/frame-reader.ts'
import type { ResultForm } from '../../protocol/plain-payload.ts'

/**
 * What parent and child say to each other. Two sockets: fd 3 for the child's main thread, fd 4 for its watchdog thread,
 * which answers even while user code loops.
 *
 * The word of a frame is its kind. Its body is binary, never JSON for a job.
 */

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
  // The thread to the parent, on fd 4.
  listening: 22,
  recalled: 23,
} as const
export type FrameKind = (typeof frameKind)[keyof typeof frameKind]

/** How the bytes of an argument tuple or a result travel: themselves, or the path of a file that holds them. */
export const carriage = { inline: 0, file: 1 } as const

/** How a job ended, as the child says it. */
export const ending = { done: 0, failed: 1 } as const

/** What the parent writes on fd 4: the u32 sequence number up to which no job is to start that has not started. */
export const RECALL_BYTES = 4

/** Specs that a child keeps, and bytes of their bundles: functions with ever new captured state would fill it. */
export const KEPT_SPECS = 2_048
export const KEPT_SPEC_BYTES = 64 * 1024 ** 2
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
  readonly resultForm?: ResultForm | undefined
  readonly name: string
  /** What its children find installed packages in: all their life the same. */
  readonly environment?: EnvironmentReference | undefined
}

export function frame(kind: FrameKind, body: Uint8Array): Uint8Array {
  const bytes = Buffer.allocUnsafe(FRAME_HEADER_BYTES + body.byteLength)
  bytes.writeUInt32LE(bytes.byteLength, 0)
  bytes.writeUInt32LE(kind, 4)
  bytes.set(body, FRAME_HEADER_BYTES)
  return bytes
}

/** A body of one number. */
export function wordOf(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(4)
  bytes.writeUInt32LE(value)
  return bytes
}
