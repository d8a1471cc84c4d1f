class Odd {
  static name = 'own name'
  static length = 'long'
}
class Method {
  static name() {
    return 'called'
  }
}
export default () => [Odd.name, Odd.length, Object.getOwnPropertyDescriptor(Odd, 'name').enumerable, Method.name()]
