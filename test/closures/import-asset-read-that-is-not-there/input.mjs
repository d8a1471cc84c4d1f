import { readFileSync } from 'node:fs'
export default () => readFileSync(new URL('./nowhere.txt', import.meta.url), 'utf8')
