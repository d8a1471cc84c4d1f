class Counter {
  #n = 3
  up = () => ++this.#n
}
const counter = new Counter()
const plain = Array.from({ length: 50 }, (_, at) => ({ at }))

export default () => [counter.up(), plain.length, plain.at(-1).at]
