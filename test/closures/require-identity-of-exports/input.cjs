const near = require('./near.cjs')
const far = require('./far.cjs')
module.exports = () => [far.near === near, far.make() instanceof near.Kind]
