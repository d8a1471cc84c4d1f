import { runInThisContext } from 'node:vm'
const triple = runInThisContext('(x => x * 3)', 'triple.js')
export const args = [5]
export default x => triple(x)
