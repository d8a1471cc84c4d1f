let f
with ({ x: 1 }) {
  f = () => x
}
exports.default = () => f()
