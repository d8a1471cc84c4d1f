function outer() {
  return () => [arguments.length, arguments[1].x, Object.prototype.toString.call(arguments)]
}
const f = outer(1, { x: 2 }, 3)
export default () => f()
