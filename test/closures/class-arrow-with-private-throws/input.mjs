class Strict {
  #n = 2
  check() {
    const what = 'no'
    return () => {
      throw new Error(`${what} ${this.#n}`)
    }
  }
}
const check = new Strict().check()

export default () => {
  check()
}
