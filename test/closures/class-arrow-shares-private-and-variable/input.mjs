class C {
  #n = 10
  make() {
    let k = 0
    return [() => [++k, ++this.#n], () => k, () => `${this.#n} ${C.name}`]
  }
}
const [up, seen, text] = new C().make()

export default () => [up(), seen(), up(), seen(), text()]
