class Base {
  #n = 1
  base() {
    return this.#n
  }
}
class Derived extends Base {
  #n = 2
  derived() {
    return this.#n
  }
}
export default () => {
  const it = new Derived()
  return [it.base(), it.derived()]
}
