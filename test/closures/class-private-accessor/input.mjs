class Safe {
  #code = 1
  get #double() {
    return this.#code * 2
  }
  set #double(to) {
    this.#code = to / 2
  }
  run() {
    this.#double = 10
    return [this.#code, this.#double]
  }
}
export default () => new Safe().run()
