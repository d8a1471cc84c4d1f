function take() {
  return arguments
}
const holed = take('a', 'b', 'c')
delete holed[1]
const shorter = take(1, 2, 3)
shorter.length = 2
const longer = take(1)
longer[3] = 'd'
const own = take(1, 2)
own[Symbol.iterator] = function* () {
  yield 'own'
}
own.extra = 1
const strict = (function () {
  'use strict'
  return arguments
})(8)
exports.default = () => {
  let thrown
  try {
    strict.callee
  } catch (error) {
    thrown = error.name
  }
  return [holed, shorter, longer].map(it => [it.length, { ...it }, Array.from(it, each => each ?? 'none')]).concat([[[...own], own.extra, strict[0], thrown]])
}
