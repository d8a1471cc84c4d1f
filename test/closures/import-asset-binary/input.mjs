import { readFileSync } from 'node:fs'
export default () => [...readFileSync(import.meta.dirname + '/bytes.bin')]
