const none = () => null
class Bare extends none() {
  static make() {
    return Object.create(Bare.prototype)
  }
  hello() {
    return 'hello'
  }
}
export default () => [Bare.make().hello(), Object.getPrototypeOf(Bare.prototype), Object.getPrototypeOf(Bare) === Function.prototype]
