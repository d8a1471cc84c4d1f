class Base {
  constructor(x) {
    this.x = x
  }
}
class Derived extends Base {
  y = this.x + 1
  constructor(x) {
    super(2 * x)
    this.z = this.y + 1
  }
}
export default () => ({ ...new Derived(2) })
