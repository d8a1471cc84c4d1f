const lib = require('./lib.cjs')
exports.default = () => lib.value
