import { Readable } from 'node:stream'
const stream = Readable.from(['a'])
export default () => stream.readable
