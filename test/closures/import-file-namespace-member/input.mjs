import * as sums from './sums.mjs'
export default () => sums.add(1, 2)
