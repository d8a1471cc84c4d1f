class Point {
  constructor(x) {
    this.x = x
  }
}
export const args = [new Point(1)]
export default point => [new Point(point.x + 1), point instanceof Point]
export const returned = ([point, was]) => [point instanceof Point, point.constructor === Point, point.x, was]
