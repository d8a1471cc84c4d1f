import { fail } from './fail.mjs'
export default () => fail('x')
