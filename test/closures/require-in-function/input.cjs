require('./near.cjs')
module.exports = () => {
  const { basename } = require('node:path')
  return [basename('/a/b'), require('loud').shout('a'), require('./near.cjs').value(), require('./config.json').level]
}
