class Safe {
  #n = 1
  name = 'safe'
  up() {
    return ++this.#n
  }
}
const frozen = Object.freeze(new Safe())
const sealed = Object.seal(new Safe())
export default () => [frozen.up(), Object.isFrozen(frozen), sealed.up(), Object.isSealed(sealed), Object.isFrozen(sealed)]
