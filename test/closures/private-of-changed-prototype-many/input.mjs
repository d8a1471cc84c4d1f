// Among more objects than are looked at one by one.
class Account {
  #balance
  constructor(balance) { this.#balance = balance }
  static of(it) { return #balance in it ? it.#balance : undefined }
}
class Known {
  #n = 0
  constructor(n) { this.#n = n }
  static of(it) { return #n in it ? it.#n : undefined }
}
const many = Array.from({ length: 100 }, (_, n) => (n % 50 === 40 ? new Account(n) : n % 50 === 45 ? new Known(n) : { n }))
for (const it of many) Object.setPrototypeOf(it, Object.prototype)
export default () => [many.flatMap(it => Account.of(it) ?? []), many.flatMap(it => Known.of(it) ?? [])]
