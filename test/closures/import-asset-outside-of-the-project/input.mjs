import { readFileSync } from 'node:fs'
export default () => readFileSync(new URL('../README.md', import.meta.url), 'utf8')
