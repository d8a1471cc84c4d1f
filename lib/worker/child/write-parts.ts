import { closeSync, openSync, writevSync } from './file-system.ts'

/** The parts end to end in a new file, as they are: without joining them in memory first. */
export function writeParts(file: string, parts: readonly Uint8Array[]): void {
  const descriptor = openSync(file, 'wx', 0o600)
  try {
    for (let rest = parts; rest.length > 0; ) rest = after(rest, writevSync(descriptor, rest))
  } finally {
    closeSync(descriptor)
  }
}

function after(parts: readonly Uint8Array[], written: number): readonly Uint8Array[] {
  let skip = written
  let index = 0
  for (; index < parts.length && skip >= (parts[index] as Uint8Array).byteLength; index++) {
    skip -= (parts[index] as Uint8Array).byteLength
  }
  const [first, ...rest] = parts.slice(index)
  return first === undefined ? [] : [first.subarray(skip), ...rest]
}
