const path = require('node:path')
const prefix: string = 'p'
exports.args = ['x']
exports.default = (name: string): string => path.join(prefix, name)
