class Point {
  constructor(x) {
    this.x = x
  }
}
const calls = []
const Watched = new Proxy(Point, {
  construct(target, args, newTarget) {
    calls.push(args)
    return Reflect.construct(target, args, newTarget)
  },
})
class Below extends Watched {
  twice() {
    return this.x * 2
  }
}
export default () => [new Below(4).twice(), calls, new Below(1) instanceof Point, Object.getPrototypeOf(Below) === Watched]
