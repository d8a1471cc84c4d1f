class Base {
  name() {
    return 'base'
  }
}
class Deep extends Base {
  #n = 1
  read() {
    return this.#n
  }
  name() {
    return `a ${super.name()}`
  }
  static of(n) {
    const made = new Deep()
    made.#n = n
    return made
  }
}
const { read, name } = Deep.prototype
const table = { methods: [read, name, Deep.of], deep: { deeper: [[[Deep]]] } }
export default () => {
  const [[[Class]]] = table.deep.deeper
  const [first, second, of] = table.methods
  const made = new Class()
  return [first === Class.prototype.read, second === Class.prototype.name, `${first.call(made)} ${second.call(made)}`, of === Class.of]
}
