const path = require('node:path')
const near = require('./near.cjs')
let n = 0
function next() {
  return ++n
}
exports.joins = () => path.join('a', 'b')
exports.counts = () => [next(), next(), n]
exports.near = () => near.value()
