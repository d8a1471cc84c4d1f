function outer(n) {
  return [() => ++n, () => arguments[0]]
}
exports.default = (([up, read]) => () => [up(), read()])(outer(1))
