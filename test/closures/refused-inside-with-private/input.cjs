class Secret {
  #x = 1
  y = 2
  x() { return this.#x }
}
let read
with (new Secret()) read = () => [y]
exports.default = () => read()
