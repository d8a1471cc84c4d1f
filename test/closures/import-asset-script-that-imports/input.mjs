import { fork } from 'node:child_process'
import { join } from 'node:path'
export default () => fork(join(import.meta.dirname, 'child.mjs'))
