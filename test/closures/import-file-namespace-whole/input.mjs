import * as sums from './sums.mjs'
export default () => [Object.keys(sums).sort(), sums['a' + 'dd'](sums.one, 2)]
