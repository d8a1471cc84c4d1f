import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here: string = dirname(fileURLToPath(import.meta.url))

export const words = (): readonly string[] => readFileSync(join(here, 'lists/words.txt'), 'utf8').trim().split(' ')
export const isMain: boolean = Boolean(import.meta.main)
