// An object of a class, also one that others hold.
class Point {
  constructor(x, y) { this.x = x; this.y = y }
  norm() { return Math.hypot(this.x, this.y) }
}
const point = new Point(3, 4)
const held = [point]
let read
with (point) read = () => [x, y, norm()]
exports.default = () => {
  held[0].x = 6
  held[0].y = 8
  return [read(), held[0] === point, point instanceof Point, Object.keys(point).join()]
}
