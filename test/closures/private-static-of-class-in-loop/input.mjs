const made = [1, 2, 3].map(n => class Counter {
  static #n = n
  static up() {
    return ++this.#n
  }
})
made[1].up()
export default () => made.map(it => [it.up(), it.name])
