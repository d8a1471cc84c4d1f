class Safe {
  #n = 1
  #twice() {
    return 2 * this.#n
  }
  run() {
    return this.#twice()
  }
}
const safe = new Safe()
export default () => safe.run()
