class Counter {
  #n = 5
  up = () => ++this.#n
}
const { up } = new Counter()

export default () => [up(), up()]
