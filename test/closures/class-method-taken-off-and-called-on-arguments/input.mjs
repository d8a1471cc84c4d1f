class Safe {
  #n
  constructor(n) {
    this.#n = n
  }
  read() {
    return this.#n
  }
}
const { read } = Safe.prototype
export const args = [new Safe(4)]
export default safe => read.call(safe)
