import { existsSync, mkdirSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'

/** Bits of a folder that only its owner may enter. */
const PRIVATE_MODE = 0o700

/**
 * Makes a folder, and those above it that are missing. Node's own way of that never ends where a file system is there and takes no
 * folders without saying why, as `/proc`.
 * @param mode its bits, less those of the process's mask; default: only its owner may enter
 * @throws {Error} what the system answers
 */
export function makeFolder(folder: string, mode = PRIVATE_MODE): void {
  make(resolve(folder), mode)
}

function make(folder: string, mode: number): void {
  try {
    mkdirSync(folder, mode)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST' && statSync(folder).isDirectory()) return
    if (code !== 'ENOENT' || existsSync(dirname(folder))) throw error
    make(dirname(folder), mode)
    make(folder, mode)
  }
}
