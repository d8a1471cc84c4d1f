exports.args = [1]
exports.default = function (a) {
  arguments[0] = 9
  return a
}
