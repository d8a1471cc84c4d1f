exports.args = [1, 2]
exports.default = function (a, a) {
  return [a, arguments.length, arguments[0]]
}
