function outer(n) {
  return () => {
    for (arguments[0] of [4, 5]);
    return n
  }
}
exports.default = outer(1)
