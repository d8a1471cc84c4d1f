function alias(a) {
  arguments[0] = 5
  return a
}
exports.default = () => alias(1)
