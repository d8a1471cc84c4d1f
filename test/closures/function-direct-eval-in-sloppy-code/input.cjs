let seen = 1
const other = 2
exports.args = ['var made = seen + other; made']
exports.default = function (text) {
  return [eval(text), made, seen]
}
