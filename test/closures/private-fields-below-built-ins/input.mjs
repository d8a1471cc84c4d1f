class Tally extends Map {
  #most = 0
  label = 'tally'
  count(key) {
    const next = (this.get(key) ?? 0) + 1
    this.set(key, next)
    this.#most = Math.max(this.#most, next)
    return this
  }
  most() {
    return this.#most
  }
}
class Stack extends Array {
  #limit = 3
  full() {
    return this.length >= this.#limit
  }
}
class Codes extends Uint8Array {
  #key = 7
  first() {
    return this[0] ^ this.#key
  }
}
class Oops extends Error {
  #detail
  constructor(message, detail) {
    super(message)
    this.#detail = detail
  }
  detail() {
    return this.#detail
  }
}
class Pattern extends RegExp {
  #uses = 4
  uses() {
    return this.#uses
  }
}
class Names extends Set {
  #prefix = '>'
  all() {
    return [...this].map(name => this.#prefix + name)
  }
}
class Day extends Date {
  #zone = 'UTC'
  zone() {
    return this.#zone + this.getTime()
  }
}
const tally = new Tally().count('a').count('a')
const stack = Stack.of(1, 2, 3)
const codes = new Codes([9, 1])
const oops = Object.assign(new Oops('no', 'why'), { extra: 1 })
const pattern = new Pattern('a+', 'g')
const names = new Names(['n'])
const day = new Day(5)
export default () => [
  [tally.most(), tally.get('a'), tally.label, tally.count('a').most(), tally instanceof Tally],
  [stack.full(), stack.length, [...stack], stack instanceof Stack],
  [codes.first(), codes.length],
  [oops.detail(), oops.message, oops.extra, oops instanceof Error],
  [pattern.uses(), pattern.test('aa')],
  names.all(),
  day.zone(),
]
