exports.default = function () {
  return arguments.callee.name
}
