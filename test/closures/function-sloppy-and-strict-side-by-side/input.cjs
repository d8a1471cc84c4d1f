const sloppy = function () {
  return this === globalThis
}
const strict = function () {
  'use strict'
  return this === undefined
}
exports.default = () => [sloppy(), strict()]
