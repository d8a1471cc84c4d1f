import { promisify } from 'node:util'
const later = promisify((x, done) => setImmediate(done, null, x * 2))
export const args = [4]
export default async x => await later(x)
