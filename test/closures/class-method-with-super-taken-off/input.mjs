class Base {
  hello() {
    return 'hello'
  }
}
class Derived extends Base {
  hello() {
    return `${super.hello()}!`
  }
}
const { hello } = Derived.prototype
export default () => hello()
