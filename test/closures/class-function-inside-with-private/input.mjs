class Point {
  #x
  constructor(x) {
    this.#x = x
  }
  static reader() {
    return function read(point) {
      return point.#x
    }
  }
  static #hidden(point) {
    return [point.#x]
  }
  static tools() {
    return { is(it) { return #x in it }, get g() { return 'g' }, set: (it, x) => { it.#x = x }, hidden: it => Point.#hidden(it) }
  }
}
const read = Point.reader()
const tools = Point.tools()
const { hidden } = tools
const point = new Point(3)

export default () => [read(point), read(new Point(3)), tools.is(point), tools.is({}), tools.g, (tools.set(point, 5), hidden(point))]
