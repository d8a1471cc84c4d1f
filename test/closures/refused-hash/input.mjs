import { createHash } from 'node:crypto'
const it = createHash('sha256')
export default () => it
