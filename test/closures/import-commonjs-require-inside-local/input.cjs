require('./near.cjs')
exports.default = () => require('./near.cjs').value()
