import { existsSync } from 'node:fs'
import { join } from 'node:path'
export default () => [existsSync(new URL('./made-by-nobody.txt', import.meta.url)), existsSync(join(import.meta.dirname, 'none', 'either'))].map(there => !there)
