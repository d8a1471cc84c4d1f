import { readFileSync } from 'node:fs'
const text = readFileSync(new URL('./note.txt', import.meta.url), 'utf8')
export default () => text.trim()
