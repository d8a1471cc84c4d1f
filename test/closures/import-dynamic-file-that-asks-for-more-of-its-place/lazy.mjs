import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export const read = name => readFileSync(join(import.meta.dirname, `${name}.txt`), 'utf8')
