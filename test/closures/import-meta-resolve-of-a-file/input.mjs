import { readFileSync } from 'node:fs'
export default () => readFileSync(new URL(import.meta.resolve('./note.txt')), 'utf8').trim()
