import { createSecretKey } from 'node:crypto'
const key = createSecretKey(Buffer.alloc(16))
export default () => key.symmetricKeySize
