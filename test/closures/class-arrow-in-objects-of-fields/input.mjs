class Base {
  greet(name) {
    return `hi ${name}`
  }
}
class Holder extends Base {
  #v = 1
  #name = 'bob'
  handlers = {
    inc: () => ++this.#v,
    get kind() {
      return 'lit'
    },
    dec: async () => --this.#v,
    each: function* (self) {
      yield self.#v
    },
  }
  inside = () =>
    class extends Holder {
      #b = 2
      sum = other => this.#b + other.#v
    }
  greet = (name = this.#name) => `${super.greet(name)}!`
}
const holder = new Holder()
const { handlers, greet } = holder
const Inner = holder.inside()
const { sum } = new Inner()

export default async () => [
  handlers.inc(),
  handlers.kind,
  await handlers.dec(),
  [...handlers.each(holder)],
  sum(holder),
  handlers.inc(),
  greet(),
]
