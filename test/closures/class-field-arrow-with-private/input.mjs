class Counter {
  #n = 0
  up = () => ++this.#n
  get n() {
    return this.#n
  }
}
const counter = new Counter()
counter.up()

export default () => {
  const first = counter.up()
  const { up } = counter
  up()
  const other = new Counter()
  other.up()
  return [first, counter.n, other.n, counter.up === up, up.name]
}
