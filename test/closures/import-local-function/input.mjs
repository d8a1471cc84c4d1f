import { add } from './lib.mjs'
export const args = [1]
export default x => add(x, 1)
