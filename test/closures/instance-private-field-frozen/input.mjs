class Safe {
  #n = 3
  read() {
    return ++this.#n
  }
}
const safe = Object.freeze(new Safe())
export default () => [safe.read(), Object.isFrozen(safe)]
