function take() {
  return arguments
}
const taken = take(1, 'b')
function countdown(n) {
  return (() => (n === 0 ? 'done' : arguments.callee(n - 1)))()
}
const next = (function inner(n) {
  const again = () => arguments.callee
  return [again, n]
})(3)[0]
exports.default = () => [taken.callee === take, taken.callee(7)[0], taken.length, countdown(3), next()(5)[1], Object.keys(taken)]
