let os = require('node:os')
os = { platform: () => 'mine', EOL: os.EOL }
var path = require('node:path')
var path = { sep: '|' }
let late = require('node:util')
const swap = () => {
  late = { format: () => 'swapped' }
}
swap()

module.exports = () => [os.platform(), os.EOL, path.sep, late.format('x')]
