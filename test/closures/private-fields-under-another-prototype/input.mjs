class Counter {
  #n = 3
  static read(it) {
    return #n in it ? it.#n : 'none'
  }
  up() {
    return ++this.#n
  }
}
class Other {
  #m = 7
  #n = 8
  both() {
    return [this.#m, this.#n]
  }
}
class Quiet {
  #work() {
    return 'works'
  }
  static try(it) {
    return #work in it && it.#work()
  }
}
class Derived extends Counter {
  #d = 5
  static read(it) {
    return #d in it ? it.#d : 'none'
  }
}
const other = new Other()
const moved = [
  Object.setPrototypeOf(new Counter(), { x: 1 }),
  Object.setPrototypeOf(new Counter(), null),
  Object.setPrototypeOf(new Counter(), Map.prototype),
  Object.setPrototypeOf(new Counter(), Other.prototype),
  Object.setPrototypeOf(new Counter(), []),
  { plain: true },
  [1],
  Reflect.construct(Counter, [], Set),
]
moved[3].own = 1
const quiet = Object.setPrototypeOf(new Quiet(), {})
const derived = Object.setPrototypeOf(new Derived(), null)

export default () => [
  moved.map(it => Counter.read(it)),
  moved[0].x,
  Object.getPrototypeOf(moved[1]),
  moved[3] instanceof Other,
  moved[3].own,
  Counter.prototype.up.call(moved[0]),
  Quiet.try(quiet),
  Quiet.try({}),
  [Derived.read(derived), Counter.read(derived), Derived.read(moved[0])],
  other.both(),
]
