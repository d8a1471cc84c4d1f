class Safe {
  #code = 1
  turn(by) {
    this.#code += by
    return this
  }
  read() {
    return this.#code
  }
}
const safe = new Safe().turn(6)
export default () => [safe.read(), safe.turn(1).read(), new Safe().read()]
