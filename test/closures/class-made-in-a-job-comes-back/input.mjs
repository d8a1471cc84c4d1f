export default () => {
  class Made {
    static #count = 3
    x = 5
    #n = 1
    later = () => this.#n
    static count() {
      return Made.#count
    }
  }
  const literal = {
    __proto__: { hello: () => 'hello' },
    hello() {
      return super.hello()
    },
    later() {
      return () => super.hello()
    },
  }
  return [new Made(), Made, literal, literal.later()]
}
const isStandIn = call => {
  try {
    return call()
  } catch (error) {
    return /stands for itself only/.test(error.message) ? 'stand-in' : error.message
  }
}
export const returned = ([made, Made, literal, later]) => [
  [typeof made.later, typeof Made, made instanceof Made, made.x],
  typeof later,
  [typeof literal.hello, isStandIn(() => literal.hello()), isStandIn(later)],
]
