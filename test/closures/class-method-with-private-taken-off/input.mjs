class Safe {
  #n = 1
  read() {
    return this.#n
  }
}
const { read } = Safe.prototype
export default () => read.call(new Safe())
