function Point(x) {
  this.x = x
}
Point.prototype = {
  double() {
    return 2 * this.x
  },
}
const made = new Point(4)
export default () => [new Point(2).double(), made.double(), made instanceof Point, Point.prototype.constructor === Object]
