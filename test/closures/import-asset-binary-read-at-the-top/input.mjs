import { readFileSync } from 'node:fs'
const bytes = new Uint8Array(readFileSync(new URL('./bytes.bin', import.meta.url)))
export default () => [...bytes]
