/** Where each kind of blob lies. A key of a job's names the attempt and the try, so that a fenced one overwrites nothing. */

import { CloudException } from '../../protocol/errors.ts'
import type { Clock } from './clock.ts'

export interface TryOfJob {
  readonly jid: number
  /** Of the run: `Work.attempt`. */
  readonly attempt: number
  /** Of the job: `Work.jobs[].tries`. */
  readonly tries: number
}

/** A function bundle or a package bundle. */
export function bundleKey(hash: string): string {
  return `bundles/${hash}`
}

/** All blobs of one job: what `Blobs.delete` takes. */
export function jobFolder(jid: number): string {
  return `jobs/${jid}/`
}

/**
 * A result too large to travel inline.
 * @param launch text of `a-z0-9-` that no other launch has: a claim that is launched before it is kept may be taken back, and the
 *   next one then has the same attempt and try
 */
export function resultKey({ jid, attempt, tries }: TryOfJob, launch: string): string {
  return `jobs/${jid}/${attempt}-${tries}/result-${launch}`
}

/** An `Output` as JSON. */
export function outputKey({ jid, attempt, tries }: TryOfJob): string {
  return `jobs/${jid}/${attempt}-${tries}/output`
}

/** A V8 CPU profile as JSON. */
export function profileKey({ jid, attempt, tries }: TryOfJob): string {
  return `jobs/${jid}/${attempt}-${tries}/profile`
}

const UPLOADS = 'uploads/'

/** A large argument. It belongs to the one job whose arguments name it, and goes when that job is terminal. */
export function uploadKey(name: string): string {
  return `${UPLOADS}${name}`
}

/** Whoever knows a key may read what lies there, so that it must not be guessed: 160 bits. */
export function freshUploadKey({ random }: Pick<Clock, 'random'>): string {
  let name = ''
  while (name.length < 40) {
    name += Math.floor(random() * 2 ** 32)
      .toString(16)
      .padStart(8, '0')
  }
  return uploadKey(name)
}

export function isUpload(key: string): boolean {
  return key.startsWith(UPLOADS)
}

const KEY = /^[a-z0-9._-]+(?:\/[a-z0-9._-]+)*$/
const DOTS = /(?:^|\/)\.+(?:\/|$)/

export function isBlobKey(key: string): boolean {
  return KEY.test(key) && !DOTS.test(key)
}

/** Of a blob that is to be kept. Throws `invalid-request`. */
export function refuseForeignKey(key: string): void {
  if (isBlobKey(key)) return
  throw new CloudException(`“${key.slice(0, 100)}” can’t be a blob’s key.`, {
    code: 'invalid-request',
    hint: 'Keys are relative paths of a-z, 0-9, dot, underscore and dash.',
  })
}
