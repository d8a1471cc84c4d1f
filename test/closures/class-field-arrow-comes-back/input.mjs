class Counter {
  #n = 0
  up = () => ++this.#n
}
const counter = new Counter()
counter.up()

export default () => {
  counter.up()
  return counter
}
export const returned = it => [it instanceof Counter, it.up === counter.up ? 3 : it.up(), it !== counter]
