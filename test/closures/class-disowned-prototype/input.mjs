class Private {
  #x = 4
  up() {
    return ++this.#x
  }
}
delete Private.prototype.constructor
const it = new Private()
class Other {
  m() {
    return 1
  }
}
Other.prototype.constructor = Object
const other = new Other()
class Shown {}
Object.defineProperty(Shown.prototype, 'constructor', { enumerable: true, writable: false })

export default () => {
  const { enumerable, writable } = Object.getOwnPropertyDescriptor(Shown.prototype, 'constructor')
  return [
    it.up(),
    it instanceof Private,
    Object.hasOwn(Private.prototype, 'constructor'),
    other instanceof Other,
    Other.prototype.constructor === Object,
    other.m(),
    [enumerable, writable],
  ]
}
