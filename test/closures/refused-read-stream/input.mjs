import { Readable } from 'node:stream'
const it = Readable.from([])
export default () => it
