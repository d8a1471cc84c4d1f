class Point {
  constructor(x) {
    this.x = x
  }
}
const Counted = new Proxy(Point, {
  construct: (target, [x]) => new target(x + 100),
  get: (target, key) => (key === 'hint' ? 'h' : Reflect.get(target, key)),
})
export default () => [new Counted(1).x, new Counted(1) instanceof Point, Counted.hint]
