class Base {
  constructor(n) {
    this.n = n
  }
  name() {
    return `base ${this.n}`
  }
}
const Bound = Base.bind(null, 1)
Bound.prototype = Base.prototype
class Derived extends Bound {
  name() {
    return super.name()
  }
}
class Proxied extends new Proxy(Base, {}) {
  constructor() {
    super(2)
  }
}
export default () => [new Derived().name(), new Derived() instanceof Base, new Proxied() instanceof Base, new Proxied().name()]
