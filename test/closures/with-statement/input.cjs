const outer = 5
exports.default = function () {
  const object = { x: 1, y: 2 }
  with (object) {
    x += 10
    return [x, y, outer, object.x]
  }
}
