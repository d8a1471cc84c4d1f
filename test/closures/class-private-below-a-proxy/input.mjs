class Counter {
  #count = 1
  read() {
    return this.#count
  }
}
const counter = Object.setPrototypeOf(
  new Counter(),
  new Proxy(Counter.prototype, {
    ownKeys() {
      throw new Error('a trap ran')
    },
  }),
)

export default () => counter.read()
