function sloppy() {
  return typeof this
}
function strict() {
  'use strict'
  return typeof this
}
class Always {
  method() {
    return typeof this
  }
}
const { method } = Always.prototype
exports.default = () => [sloppy(), strict(), (0, method)()]
