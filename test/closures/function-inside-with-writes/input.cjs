// Assignments go to the object where it has the name, and to the variable where it does not.
let count = 10
let other = 1
const state = { count: 0, me() { return this === state } }
let up
let peek
with (state) {
  up = () => [++count, ++other, me()]
}
with (state) {
  peek = () => [count, other]
}
exports.default = () => {
  up()
  return [up(), peek(), state.count, count, other]
}
