class Counter {
  n = 0
  up = () => ++this.n
  both() {
    return [this.up, () => this]
  }
}
const counter = new Counter()
const [up, self] = counter.both()
export default () => [up(), counter.n, self() === counter]
