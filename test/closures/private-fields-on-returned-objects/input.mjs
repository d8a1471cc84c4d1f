class Identity {
  constructor(it) {
    return it
  }
}
class Mark extends Identity {
  #mark
  constructor(it, mark) {
    super(it)
    this.#mark = mark
  }
  static of(it) {
    return #mark in it ? it.#mark : 'none'
  }
}
const marked = { a: 1 }
const list = [1]
const called = () => 'called'
const unmarked = { a: 1 }
new Mark(marked, 5)
new Mark(list, 6)
new Mark(called, 7)
export default () => [marked, list, called, unmarked].map(it => [Mark.of(it), it instanceof Mark])
