const made = []
class Base {
  static kind = 'static'
}
class C extends Base {
  static #n = 3
  static {
    let calls = 0
    made.push(() => [++C.#n, ++calls], () => super.kind, () => calls)
  }
}
const [up, kind, calls] = made

export default () => [up(), up(), kind(), calls()]
