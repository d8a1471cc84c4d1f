// Private fields stay with the object, whatever it inherits from: of plain objects, of arrays, and of a class of methods alone.
class Account {
  #balance = 1
  static add(it, more) { return (it.#balance += more) }
  static is(it) { return #balance in it }
}
class Marked {
  #mark() {}
  static is(it) { return #mark in it }
}
const plain = Object.setPrototypeOf(new Account(), Object.prototype)
plain.name = 'plain'
const list = Object.setPrototypeOf(new Account(), Array.prototype)
const marked = Object.setPrototypeOf(new Marked(), Object.prototype)
Account.add(plain, 10)
export default () => [
  Account.add(plain, 1), Account.is(list), Account.is({}), plain.name, Object.getPrototypeOf(plain) === Object.prototype,
  Array.isArray(list), typeof list.map, Marked.is(marked), Marked.is(plain),
]
