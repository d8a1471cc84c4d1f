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

class Savings extends Account {
  #balance = 'inner'
  #self = this
  rate
  constructor({ owner, rate } = note('pattern', { owner: 'x', rate: 1 })) {
    note('before super')
    super(owner, 5)
    this.rate = rate
  }
  inner() {
    return [this.#balance, this.#self === this, this.rate]
  }
}
class Plain extends Account {
  extra = 1
}
const savings = new Savings({ owner: 'bob', rate: 3 }).add(1)
const plain = new Plain('p').add(2)
done.length = 0
export default () => {
  const seen = [savings.tell(), savings.inner(), savings instanceof Account, Object.keys(savings), plain.tell(), plain.extra, done.length]
  const made = new Savings()
  return [...seen, made.inner(), done[0], Savings.length]
}
