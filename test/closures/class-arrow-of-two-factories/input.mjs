function factory(start) {
  let hidden = start
  class Thing {
    #s = hidden
    next = () => [++hidden, ++this.#s]
    static all = () => hidden
  }
  return Thing
}
const F1 = factory(10)
const F2 = factory(20)
const f1 = new F1()
const { next } = new F2()
const { all } = F2
f1.next()

export default () => [f1.next(), next(), F1.all(), all(), new F1().next(), F1.all(), next(), all()]
