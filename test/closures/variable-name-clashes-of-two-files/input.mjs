import { read as one } from './one.mjs'
import { read as two } from './two.mjs'
const value = 'mine'
const read = () => value
export default () => [read(), one(), two()]
