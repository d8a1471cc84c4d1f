// Whether an object is of a class none of whose methods can be stopped can only be seen by names.
class Account {
  #balance
  constructor(balance) { this.#balance = balance }
  static *of(it) { yield #balance in it ? it.#balance : undefined }
}
const many = Array.from({ length: 100 }, (_, n) => (n % 50 === 40 ? new Account(n) : { n }))
for (const it of many) Object.setPrototypeOf(it, Object.prototype)
export default () => [many.flatMap(it => [...Account.of(it)][0] ?? [])]
