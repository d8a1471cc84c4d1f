class Shape {
  static made = 0
  static kinds = new Set(['a'])
  static {
    Shape.made = 40
  }
  constructor() {
    Shape.made++
  }
}
new Shape()
export default () => [Shape.made, Shape.kinds.has('a')]
