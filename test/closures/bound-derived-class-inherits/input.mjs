class Base {
  static make() {
    return 'made'
  }
}
class Derived extends Base {}
const Bound = Derived.bind(null)
export default () => [Bound.make(), Object.getPrototypeOf(Bound) === Base]
