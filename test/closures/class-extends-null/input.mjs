class Bare extends null {
  static answer() {
    return 42
  }
}
export default () => [Bare.answer(), Object.getPrototypeOf(Bare.prototype) === null]
