import { brand, mark } from './brand.mjs'
const marked = mark({})
export default () => [marked[brand], mark({})[brand]]
