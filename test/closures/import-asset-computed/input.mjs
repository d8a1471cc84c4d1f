import { readFileSync } from 'node:fs'
import { join } from 'node:path'
export default name => readFileSync(join(import.meta.dirname, 'notes', `${name}.txt`), 'utf8')
export const args = ['a']
