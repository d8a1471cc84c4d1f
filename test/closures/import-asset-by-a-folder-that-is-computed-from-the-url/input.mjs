import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
const __filename = fileURLToPath(import.meta.url)
const __dirname = dirname(__filename)
export default () => [readFileSync(join(__dirname, 'note.txt'), 'utf8').trim(), existsSync(__filename)]
