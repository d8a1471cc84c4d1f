class Base {
  get g() {
    return 'g'
  }
  m() {
    return 'm'
  }
  static s() {
    return 's'
  }
}
class Derived extends Base {
  get g() {
    return `${super.g}!`
  }
  m() {
    return [1].map(() => `${super.m()}!`)[0]
  }
  static s() {
    return `${super.s()}!`
  }
}
export default () => [new Derived().g, new Derived().m(), Derived.s()]
