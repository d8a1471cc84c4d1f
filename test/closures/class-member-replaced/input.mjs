class Changed {
  a() {
    return 'first'
  }
}
Changed.prototype.a = function () {
  return 'second'
}
Changed.prototype.b = () => 'new'
Object.setPrototypeOf(Changed.prototype, { inherited: () => 'below' })
const it = new Changed()
export default () => [it.a(), it.b(), it.inherited()]
