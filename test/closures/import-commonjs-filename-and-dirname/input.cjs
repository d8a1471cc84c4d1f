const path = require('node:path')
exports.default = () => [path.basename(__filename), path.basename(__dirname)]
