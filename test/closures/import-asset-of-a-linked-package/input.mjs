import { existsSync, readFileSync } from 'node:fs'
import { words } from '#words'
export default () => [words(), readFileSync(new URL('./own.txt', import.meta.url), 'utf8').trim(), existsSync(import.meta.filename)]
