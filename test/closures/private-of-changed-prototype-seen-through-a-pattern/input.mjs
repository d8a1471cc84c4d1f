// The only method of the class has a pattern: it is stopped in its body.
class Account {
  #balance
  constructor(balance) { this.#balance = balance }
  static of({ it }) { return #balance in it ? it.#balance : undefined }
}
const many = Array.from({ length: 100 }, (_, n) => (n % 50 === 40 ? new Account(n) : { n }))
for (const it of many) Object.setPrototypeOf(it, Object.prototype)
export default () => [many.flatMap(it => Account.of({ it }) ?? [])]
