import { zero } from './constants.mjs'
import { next } from './state.mjs'
export default () => [next(), next(), zero]
