exports.default = function () {
  return [typeof this, this === globalThis, (function () { return typeof this })()]
}
