class Node {
  #self = this
  #next
  link(next) {
    this.#next = next
    return this
  }
  check(next) {
    return this.#self === this && this.#next === next
  }
}
const a = new Node()
const b = new Node().link(a)
a.link(b)
export default () => [a.check(b), b.check(a), a.check(a)]
