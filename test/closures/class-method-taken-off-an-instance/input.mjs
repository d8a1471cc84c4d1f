const counterOf = start => {
  class Counter {
    #n = start
    static #made = 3
    up() {
      return ++this.#n
    }
    static has(it) {
      return #n in it ? Counter.#made : 0
    }
  }
  return new Counter()
}
const one = counterOf(1)
const { up } = one
const { up: otherUp } = counterOf(5)
const { has } = one.constructor
export default () => {
  const tried = (fn, ...args) => {
    try {
      return fn(...args)
    } catch (error) {
      return error.name
    }
  }
  return [tried(() => up.call({})), up === otherUp, has({}), tried(() => up.call({ __proto__: null })), typeof otherUp]
}
