class Point {
  #x
  constructor(x) {
    this.#x = x
  }
  x() {
    return this.#x
  }
}
const points = Array.from({ length: 500 }, (_, x) => new Point(x))
export default () => points.reduce((sum, point) => sum + point.x(), 0)
