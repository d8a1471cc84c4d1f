const { existsSync, readFileSync } = require('node:fs')
const { join } = require('node:path')
const near = () => readFileSync(join(__dirname, 'notes', 'a.txt'), 'utf8')
module.exports.default = () => [near().trim(), existsSync(__filename)]
