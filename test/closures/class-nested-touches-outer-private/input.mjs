class Outer {
  #n = 0
  make() {
    const outer = this
    return class Inner {
      #own = 5
      up() {
        return ++outer.#n
      }
      both = () => outer.#n + this.#own
    }
  }
  get n() {
    return this.#n
  }
}
const outer = new Outer()
const Inner = outer.make()
const inner = new Inner()
const { both } = inner

export default () => [inner.up(), new Inner().up(), outer.n, both()]
