class M {
  hello() {
    return 'hello'
  }
  get size() {
    return 1
  }
  static make() {
    return new M()
  }
  [Symbol.iterator]() {
    return [][Symbol.iterator]()
  }
  plain() {}
  other() {}
}
const { hello } = M.prototype
const { get } = Object.getOwnPropertyDescriptor(M.prototype, 'size')
const { make } = M
const iterate = M.prototype[Symbol.iterator]
M.prototype.plain.meta = 'meta'
Object.defineProperty(M.prototype.other, 'name', { value: 'now named', configurable: true })
hello.calls = 2
export default () => [
  hello === M.prototype.hello,
  get === Object.getOwnPropertyDescriptor(M.prototype, 'size').get,
  make === M.make && make() instanceof M,
  iterate === M.prototype[Symbol.iterator],
  M.prototype.plain.meta,
  M.prototype.other.name,
  M.prototype.hello.calls,
]
