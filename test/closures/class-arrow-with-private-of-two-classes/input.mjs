class Outer {
  #a = 0
  inner() {
    const outer = this
    return class Inner {
      #b = 1
      sum(k) {
        return () => [++outer.#a, ++this.#b, k]
      }
    }
  }
}
const sum = new (new Outer().inner())().sum(5)

export default () => [sum(), sum()]
