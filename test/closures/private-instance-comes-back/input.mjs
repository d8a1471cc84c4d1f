let ran = 0
class Account {
  #balance = 0
  #history = []
  owner = 'none'
  constructor(owner) {
    ran++
    this.owner = owner
  }
  add(amount) {
    this.#balance += amount
    this.#history.push(amount)
    return this
  }
  tell() {
    return [this.owner, this.#balance, this.#history]
  }
}
class Marked extends Account {
  #mark = 'none'
  mark(mark) {
    this.#mark = mark
    return this
  }
  marked() {
    return [this.#mark, ...this.tell()]
  }
}
class Tally extends Map {
  #most = 0
  count(key) {
    this.set(key, (this.get(key) ?? 0) + 1)
    this.#most = Math.max(this.#most, this.get(key))
    return this
  }
  most() {
    return this.#most
  }
}
class Bare {
  #n = 1
  up() {
    return ++this.#n
  }
}
export default () => {
  const bare = new Bare()
  bare.up()
  return [new Account('ada').add(2), new Marked('bob').add(3).mark('x'), new Tally().count('a').count('a'), bare]
}
export const returned = ([account, marked, tally, bare]) => [
  account instanceof Account,
  account.tell(),
  Object.keys(account),
  marked instanceof Marked,
  marked.marked(),
  tally instanceof Tally,
  tally.most(),
  tally.get('a'),
  bare.up(),
  ran,
]
