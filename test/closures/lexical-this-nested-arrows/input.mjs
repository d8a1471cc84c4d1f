class Holder {
  n = 3
  make() {
    return () => () => async () => this.n
  }
}
const f = new Holder().make()
export default () => f()()()
