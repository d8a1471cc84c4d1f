class Safe {
  #code = 1
  #turn(by) {
    return (this.#code += by)
  }
  open(by) {
    return this.#turn(by)
  }
}
export default () => new Safe().open(2)
