class Shape {
  static #unit() {
    return 'cm'
  }
  static label(n) {
    return n + Shape.#unit()
  }
}
export default () => Shape.label(3)
