import { add } from './sums.mjs'
export default () => add(1, 2)
