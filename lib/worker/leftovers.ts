import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'

/** Milliseconds after a child's end until nothing of it is being taken over any more. */
const SETTLED_MS = 5_000

/** Files that a child wrote for us and that nobody will take, as it ended in between. Their names hold its id. */
export function removeLeftovers(folder: string, pid: number | undefined): void {
  if (pid === undefined) return
  setTimeout(() => void remove(folder, new RegExp(`^(result|request|answer)-(\\d+-)?${pid}-\\d+$`)), SETTLED_MS).unref()
}

async function remove(folder: string, names: RegExp): Promise<void> {
  const files = await readdir(folder).catch(() => [])
  await Promise.all(files.filter(file => names.test(file)).map(file => discardFile(join(folder, file))))
}

/** Deletes a file, if it is still there. Never fails: what is left behind does no harm. */
export async function discardFile(path: string): Promise<void> {
  await rm(path, { force: true }).catch(() => undefined)
}
