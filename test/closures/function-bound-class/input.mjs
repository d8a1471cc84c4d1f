class Point {
  constructor(x, y) {
    this.at = [x, y]
  }
}
const OnAxis = Point.bind(null, 0)
export default () => [new OnAxis(3).at, new OnAxis(1) instanceof Point]
