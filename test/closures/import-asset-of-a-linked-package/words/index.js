import { readFileSync } from 'node:fs'
export const words = () => readFileSync(new URL('./words.txt', import.meta.url), 'utf8').trim()
