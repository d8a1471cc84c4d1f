// What a job may assign, as it is one with nothing that travels: strict, with a default, of another call.
function strict(n) {
  'use strict'
  return [() => (arguments[0] = 2), () => n]
}
function defaulted(n = 1) {
  return [() => ([arguments[0]] = [2]), () => n]
}
function alone(n) {
  return [() => ++arguments[0], () => arguments[0]]
}
function later(n) {
  return [arguments, () => n]
}
const all = [strict(1), defaulted(1), alone(1), [later(1)[0], later(2)[1]]]
exports.default = () => {
  const [a, b, c, [args, read]] = all
  args[0] = 9
  for (const [change] of [a, b, c]) change()
  return [a[1](), b[1](), c[1](), read()]
}
