let ran = 0
class Failure extends Error {
  #code = 0
  constructor(message, { cause } = {}, code) {
    super(message)
  }
}
class Coded extends Error {
  #code
  #list = []
  constructor(message, code, options = {}) {
    super(`bad: ${message}`, { cause: options })
    ran++
    this.#code = code
    this.code = code
    for (const it of [++ran]) this.#list.push(it)
  }
  tell() {
    return this.#code
  }
}
class Base {
  #kept = ''
  keep(it) {
    this.#kept = it
    return this
  }
  kept() {
    return this.#kept
  }
}
class Pair extends Base {
  #both
  constructor(...both) {
    super(...both)
    const { length = ++ran } = both
    this.#both = both
  }
  both() {
    return this.#both
  }
}
class Deep extends Pair {
  #third
  constructor(a, b, third) {
    super(a, b)
    if (++ran > 0) this.#third = third
  }
  tell() {
    return [this.kept(), this.both(), this.#third]
  }
}
class Table extends Map {
  #n = 0
  constructor(n) {
    super()
    this.set('a', ++ran)
    this.#n = n
  }
  n() {
    return this.#n
  }
}
class Ending extends Base {
  #n = 4
  constructor() {
    super()
  }
  up() {
    return [++this.#n, this.kept()]
  }
}
export default () => {
  const there = [new Coded('disk', 7), new Deep(1, 2, 'two').keep('deep'), new Table(3), new Ending().keep('end')]
  there[2].set('a', 1)
  return there
}
export const returned = ([coded, deep, table, ending]) => [
  [coded instanceof Coded, coded.message, coded.tell(), Object.keys(coded), 'cause' in coded ? 'cause' : ''],
  deep.tell(),
  [table instanceof Table, table.n(), [...table]],
  ending.up(),
  ran,
]
