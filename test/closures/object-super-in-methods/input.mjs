const key = Symbol('key')
const base = {
  hello() {
    return `${this.name}: base`
  },
  get label() {
    return `${this.name}: got base`
  },
  set label(value) {
    this.seen = `set ${value}`
  },
  bare() {
    return 'base'
  },
  *items() {
    yield this.name
  },
}
const child = {
  __proto__: base,
  name: 'ada',
  hello() {
    return super.hello()
  },
  get label() {
    return super.label
  },
  set label(value) {
    super.label = value
  },
  bare() {
    return (() => `chain ${super.bare()}`)()
  },
  async later() {
    return `async ${super.bare()}`
  },
  *items() {
    yield* super.items()
    yield 'gen'
  },
  [key](a = super.bare()) {
    return a
  },
}
export default async () => {
  const told = [child.hello(), child.label]
  child.label = 3
  return [...told, [child.name, child.seen], child.bare(), await child.later(), [...child.items()], child[key]()]
}
