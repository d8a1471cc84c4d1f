class Holder {
  constructor(held) {
    this.held = held
  }
}
const shared = { n: 0 }
const [a, b] = [new Holder(shared), new Holder(shared)]
export default () => {
  a.held.n++
  return [b.held.n, shared.n]
}
