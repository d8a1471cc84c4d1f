import { readFile } from 'node:fs'
import { promisify } from 'node:util'
const read = promisify(readFile)
export default async () => (await read('/dev/null')).length
