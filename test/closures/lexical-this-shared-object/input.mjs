class Counter {
  n = 0
  up = () => ++this.n
  get = () => this.n
}
const counter = new Counter()
const { up, get } = counter
export default () => [up(), up(), get(), counter.n]
