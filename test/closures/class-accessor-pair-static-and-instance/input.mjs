class Pair {
  get v() {
    return this._v ?? 0
  }
  set v(to) {
    this._v = to * 2
  }
}
const pair = new Pair()
pair.v = 4
export default () => {
  const was = pair.v
  pair.v = 1
  return [was, pair.v, Object.keys(pair)]
}
