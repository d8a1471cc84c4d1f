class Base {
  hello() {
    return 'hello'
  }
  static make() {
    return 'made'
  }
}
class Derived extends Base {
  hello() {
    return `${super.hello()}!`
  }
  get loud() {
    return super.hello().toUpperCase()
  }
  static make() {
    return `${super.make()}?`
  }
}
const { hello } = Derived.prototype
const { make } = Derived
const { get } = Object.getOwnPropertyDescriptor(Derived.prototype, 'loud')
export default () => [hello(), make(), get.call(null), hello.name, hello === hello.bind]
