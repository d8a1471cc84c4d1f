import { createHash } from 'node:crypto'
const hash = createHash('sha256')
export default () => hash.digest('hex')
