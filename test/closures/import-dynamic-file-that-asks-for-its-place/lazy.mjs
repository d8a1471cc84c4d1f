import { readFileSync } from 'node:fs'
export const read = () => readFileSync(new URL('./words.txt', import.meta.url), 'utf8')
