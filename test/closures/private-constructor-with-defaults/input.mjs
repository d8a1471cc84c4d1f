const done = []
const note = (what, value) => (done.push(what), value)
class Defaults {
  #value
  constructor(value = note('first', 1), [other] = [note('second', 2)]) {
    this.#value = value + other
  }
  value() {
    return this.#value
  }
}
class First {
  #x
  constructor({ x }, y, z = 1) {
    this.#x = x + y + z
  }
  x() {
    return this.#x
  }
}
const defaults = new Defaults(3, [4])
const first = new First({ x: 1 }, 2)
done.length = 0
export default () => [defaults.value(), done.length, new Defaults().value(), done, Defaults.length, first.x(), First.length, new First({ x: 2 }, 2).x()]
