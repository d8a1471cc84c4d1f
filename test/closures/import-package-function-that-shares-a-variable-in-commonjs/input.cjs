const { count, counter } = require('counts')
const next = counter('a')
exports.default = () => [next(), next(), count()]
