class Base {
  hello() {
    return 'hello'
  }
}
class Derived extends Base {
  later() {
    return () => super.hello()
  }
}
const later = new Derived().later()
export default () => later()
