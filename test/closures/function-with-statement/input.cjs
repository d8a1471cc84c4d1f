const scope = { x: 1, y: 2 }
exports.default = function () {
  with (scope) {
    return x + y
  }
}
