import twice, { add as plus } from './lib.mjs'
export default () => [twice(2), plus(1, 2)]
