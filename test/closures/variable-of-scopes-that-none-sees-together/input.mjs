// `up` sees `add` and `own`, `fork` sees `make` and `own`: none sees all three scopes.
function around(add) {
  return (function make(own) {
    return { up: () => (own = add(own)), fork: () => make(own) }
  })(1)
}
const one = around(n => n + 1)
const two = around(n => n * 10)

export default () => [one.up(), one.fork().up(), one.up(), two.up(), two.fork().up(), two.up()]
