class Strict {
  #n = 2
  later = () => this.#n
  check() {
    throw new Error(`late ${this.later()}`)
  }
}
const strict = new Strict()

export default () => strict.check()
