class Store {
  save() {}
  static of(a, b) {}
  ['c' + 1]() {}
  *[Symbol.iterator]() {}
  get size() {
    return 0
  }
  load() {}
}
const { prototype } = Store
Object.defineProperty(prototype.save, 'name', { value: 'my-save' })
Object.defineProperty(Store.of, 'length', { value: 2, writable: true })
delete prototype.c1.name
Object.defineProperty(prototype[Symbol.iterator], 'name', { value: 'it' })
Object.defineProperty(prototype.load, 'name', { value: 'save' })

export default () => {
  const { value, writable } = Object.getOwnPropertyDescriptor(Store.of, 'length')
  return [
    Store.prototype.save.name,
    [value, writable],
    Object.hasOwn(Store.prototype.c1, 'name'),
    Store.prototype[Symbol.iterator].name,
    Object.getOwnPropertyDescriptor(Store.prototype, 'size').get.name,
    Store.prototype.load.name,
  ]
}
