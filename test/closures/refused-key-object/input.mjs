import { createSecretKey } from 'node:crypto'
const it = createSecretKey(Buffer.alloc(8))
export default () => it
