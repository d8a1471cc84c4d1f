function outer(n) {
  return [() => ([arguments[0]] = [7]), () => n]
}
const [change, read] = outer(1)
exports.default = () => [change(), read()]
