function factorial(n) {
  return n
}
const twice = x => 2 * x
const tools = { add(n, m) {}, get value() { return 1 } }
const getter = Object.getOwnPropertyDescriptor(tools, 'value').get
export default () => [factorial.name, twice.name, twice.length, tools.add.name, tools.add.length, getter.name]
