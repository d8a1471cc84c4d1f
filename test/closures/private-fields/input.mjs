const done = []
const note = (what, value) => (done.push(what), value)
class Account {
  static #made = 0
  static #rates = new Map([['a', 2]])
  #balance = note('balance', 0)
  #history = []
  owner = { name: 'none' }
  constructor(owner, balance = note('default', 1)) {
    this.owner = { name: owner }
    this.#balance = balance
    Account.#made++
    note('constructor')
  }
  static made() {
    return Account.#made
  }
  static #secret(rate) {
    return Account.#rates.get(rate)
  }
  static rate(rate) {
    return Account.#secret(rate)
  }
  static isOne(it) {
    return #balance in it
  }
  add(amount) {
    this.#history.push(amount)
    this.#balance += amount
    return this
  }
  get #sum() {
    return this.#history.reduce((sum, each) => sum + each, 0)
  }
  set #sum(value) {
    this.#history = [value]
  }
  #tell() {
    return `${this.owner.name}:${this.#balance}:${this.#sum}`
  }
  tell() {
    return this.#tell()
  }
  reset(to) {
    this.#sum = to
    return this.#sum
  }
}

const account = new Account('ada', 10).add(5)
done.length = 0
export default () => {
  const seen = [account.tell(), account.owner, done.length]
  new Account('new')
  return [...seen, ...done, account.reset(3), account.tell(), Account.isOne(account), Account.isOne({}), account instanceof Account]
}
