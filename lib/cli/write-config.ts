import { mkdir, rename, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { type Config, configPath } from '../client/config-file.ts'

/** Writes the user's configuration, which nobody else may read, and returns where. What was there is replaced at once. */
export async function writeConfig(config: Config, file: string = configPath()): Promise<string> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  const fresh = `${file}.${process.pid}`
  await writeFile(fresh, `${JSON.stringify(config, undefined, 2)}\n`, { mode: 0o600, flag: 'wx' })
  await rename(fresh, file)
  return file
}
