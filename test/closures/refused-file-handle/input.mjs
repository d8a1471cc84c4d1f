import { open } from 'node:fs/promises'
const file = await open('/dev/null')
await file.close()
export default () => file.fd
