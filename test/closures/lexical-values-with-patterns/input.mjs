// Functions that can't be stopped before they run: what they see is found in the heap.
class Base {
  v = 'base'
  field = ({ x } = { x: this.v }) => x
  static s = (x = this.name) => x
}
class Derived extends Base {
  constructor() {
    const early = (x = 1) => [this.v, x]
    super()
    this.early = early
    this.target = (x = new.target.name) => x
    this.nested = () => (x = 2) => () => [this.v, new.target === Derived, x]
  }
}
function strict(...rest) {
  return (x = 1) => [this === undefined, new.target === undefined, x, rest.length]
}
function counted() {
  let n = 0
  return [(by = 1) => (n += by), ([by] = [this.step]) => (n += by)]
}
const d = new Derived()
const nested = d.nested()
const [up, leap] = counted.call({ step: 10 })
const plain = strict(1)
export default () => [d.field(), Derived.s(), d.early(), d.target(), nested()(), plain(), [up(), leap(), up(5)]]
