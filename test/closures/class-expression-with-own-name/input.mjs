const Outer = class Inner {
  static me() {
    return Inner
  }
  self() {
    return Inner === this.constructor
  }
}
export default () => [Outer.me() === Outer, Outer.name, new Outer().self()]
