const near = require('./near.cjs')
near.set(5)
module.exports = () => [require('./near.cjs').read(), require('./near.cjs') === near]
