import cloud from '../../dist/lib/index.js'

console.log(await cloud.mp.call(x => 3 * x, 2).result())
