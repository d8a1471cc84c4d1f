class Safe {
  #n = 1
  later() {
    return () => this.#n
  }
}
const later = new Safe().later()
export default () => later()
