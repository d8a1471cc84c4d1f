const load = require
module.exports.default = () => load('./near.cjs').x
