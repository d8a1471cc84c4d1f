function outer(n) {
  const all = arguments
  return () => {
    all[0] = 5
    return n
  }
}
exports.default = outer(1)
