class Base {
  hello() {
    return this.what
  }
  static hello() {
    return this.what
  }
  static what = 'static from base'
  what = 'from base'
}
class Below extends Base {
  field = () => super.hello()
  later() {
    return () => super.hello()
  }
  static later = () => super.hello()
}
const below = new Below()
const later = below.later()
const still = Below.later

export default () => [later(), below.field(), still()]
