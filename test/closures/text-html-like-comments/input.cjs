let x = 5, y = { z: 1 }
const f = function () {
  <!-- an old comment
  let n = x
  while (n --> 0) y.z++
--> another old comment
  return y.z
}
exports.default = () => f()
