class Counted {
  static #count = 4
  static next() {
    return ++Counted.#count
  }
}
Counted.next()
export default () => Counted.next()
