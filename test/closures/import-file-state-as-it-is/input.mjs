import { next, set } from './counter.mjs'
set(4)
export default () => [next(), next()]
