import { existsSync, readFileSync } from 'node:fs'
export default () => [readFileSync(new URL('./note.txt', import.meta.url), 'utf8'), existsSync(import.meta.filename)]
