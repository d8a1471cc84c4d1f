exports.default = function (n) {
  return n === undefined ? arguments.callee(010) : n
}
