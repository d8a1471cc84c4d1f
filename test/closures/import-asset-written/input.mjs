import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
export default () => writeFileSync(join(import.meta.dirname, 'out.txt'), 'text')
