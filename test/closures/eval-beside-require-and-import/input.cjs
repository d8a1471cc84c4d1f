let n = 1
exports.ends = () => require('node:os').EOL
exports.loads = async () => (await import('node:path')).sep
exports.evaluates = function (text) {
  return eval(text)
}
module.exports.default = async () => [exports.ends(), await exports.loads(), exports.evaluates('n + 1')]
