class Base {
  static kind = 'base'
  static make() {
    return new this()
  }
}
class Derived extends Base {}
export default () => [Derived.kind, Derived.make() instanceof Derived, Object.hasOwn(Derived, 'kind')]
