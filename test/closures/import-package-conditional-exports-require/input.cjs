const { which } = require('dual')
exports.default = () => which()
