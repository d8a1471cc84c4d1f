import { closeSync, openSync, rmSync, writevSync } from 'node:fs'
import { CloudException } from '../protocol/errors.ts'

/**
 * The parts end to end in a new file, before this returns. Throws `unavailable`, and leaves no file, where that fails.
 * @throws {CloudException}
 */
export function writeFileParts(file: string, parts: readonly Uint8Array[]): void {
  let descriptor: number | undefined
  try {
    descriptor = openSync(file, 'wx', 0o600)
    for (let rest = parts; rest.length > 0; ) rest = after(rest, writevSync(descriptor, rest))
  } catch (cause) {
    rmSync(file, { force: true })
    throw new CloudException(`The file ${file} could not be written.`, {
      code: 'unavailable',
      hint: 'Is there room left in its folder? Large arguments are kept there until their jobs are done.',
      cause,
    })
  } finally {
    if (descriptor !== undefined) closeSync(descriptor)
  }
}

/** What is left of the parts when so many bytes of them are written. */
function after(parts: readonly Uint8Array[], written: number): readonly Uint8Array[] {
  let skip = written
  let index = 0
  for (; index < parts.length && skip >= (parts[index] as Uint8Array).byteLength; index++) {
    skip -= (parts[index] as Uint8Array).byteLength
  }
  const rest = parts.slice(index)
  const [first] = rest
  if (first !== undefined) rest[0] = first.subarray(skip)
  return rest
}
