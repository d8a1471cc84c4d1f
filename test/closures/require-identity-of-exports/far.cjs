const near = require('./near.cjs')
module.exports = { near, make: () => new near.Kind() }
