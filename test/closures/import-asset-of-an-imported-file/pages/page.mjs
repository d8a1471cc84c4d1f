import { readFileSync } from 'node:fs'
import { join } from 'node:path'
export const page = () => readFileSync(join(import.meta.dirname, '../texts', 'page.html'), 'utf8').trim()
