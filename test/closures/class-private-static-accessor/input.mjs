class Shape {
  static #size = 2
  static get #area() {
    return this.#size ** 2
  }
  static area() {
    return Shape.#area
  }
}
export default () => Shape.area()
