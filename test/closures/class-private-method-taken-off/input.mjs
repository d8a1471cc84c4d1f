class Safe {
  #read() {
    return 1
  }
  static take(safe) {
    return safe.#read
  }
}
const method = Safe.take(new Safe())
export default () => method()
