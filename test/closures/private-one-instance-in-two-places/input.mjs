class Node {
  #next
  link(next) {
    this.#next = next
    return this
  }
  next() {
    return this.#next
  }
}
const one = new Node()
const two = new Node().link(one)
one.link(two)
const held = { one, again: one, list: [two] }
export default () => [held.one === held.again, held.list[0].next() === held.one, held.one.next().next() === held.one]
