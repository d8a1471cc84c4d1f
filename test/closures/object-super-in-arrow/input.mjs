const base = {
  hello() {
    return `hello ${this.name}`
  },
}
const ada = {
  __proto__: base,
  name: 'ada',
  later() {
    return () => super.hello()
  },
}
const bob = { __proto__: base, name: 'bob', nested() { return { m() { return super.toString() }, f: () => super.hello() }.f } }
const later = ada.later()
const nested = bob.nested()

export default () => [later(), nested()]
