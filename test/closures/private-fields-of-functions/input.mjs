class Callable extends Function {
  #key = 3
  key() {
    return this.#key
  }
}
class Later extends Promise {
  #mark = 1
  mark() {
    return this.#mark
  }
}
const five = new Callable('return 5')
const later = Later.resolve(1)
export default async () => [five(), five.key(), five instanceof Callable, later.mark(), await later, later instanceof Later]
