// In arguments and results too, private fields stay with the object whatever it inherits from: of one among many, too.
class Account {
  #balance = 0
  constructor(balance) { this.#balance = balance }
  static of(it) { return #balance in it ? it.#balance : 'none' }
}
class Marked {
  #mark() {}
  static is(it) { return #mark in it }
}
class Other {
  name = 'other'
}
const changed = (object, prototype) => Object.setPrototypeOf(object, prototype)
const many = from => Array.from({ length: 100 }, (_, n) => (n % 50 === 49 ? changed(new Account(from + n), Object.prototype) : { n }))
const list = changed(new Account(7), Array.prototype)
const tell = (all, given, marked, other) => [all.flatMap(it => Account.of(it)).filter(it => it !== 'none'), Account.of(given), Marked.is(marked), Marked.is(given), Account.of(other)]

export default (all, given, marked, other) => [
  tell(all, given, marked, other),
  [many(1000), changed(new Account(8), null), changed(new Marked(), Object.prototype), changed(new Account(9), Other.prototype)],
]
export const args = [many(0), list, changed(new Marked(), Object.prototype), changed(new Account(3), Other.prototype)]
export const returned = ([there, here]) => [there, tell(...here), here[3] instanceof Other, Object.getPrototypeOf(here[1])]
