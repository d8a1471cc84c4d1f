// What the object has when the function runs hides variables; the rest is seen through it.
let a = 'outer a'
let b = 'outer b'
let later = 'outer later'
const settings = { a: 'own a' }
let read
with (settings) {
  const c = 'block c'
  read = () => [a, b, c, later]
}
exports.default = () => {
  const before = read()
  settings.later = 'own later'
  delete settings.a
  return [before, read()]
}
