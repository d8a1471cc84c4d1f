class Base {
  #n
  constructor(n) {
    this.#n = n
  }
  base() {
    return this.#n
  }
}
class Derived extends Base {
  #n = 'own'
  constructor(n) {
    super(n)
    this.#n += n
  }
  derived() {
    return this.#n
  }
}
const it = new Derived(5)
export default () => [it.base(), it.derived(), it instanceof Derived, it instanceof Base]
