class Point {
  constructor(x, y) {
    this.x = x
    this.y = y
  }
}
const OnLine = Point.bind(null, 7)
export default () => {
  const it = new OnLine(2)
  return [it.x, it.y, it instanceof Point, it instanceof OnLine]
}
