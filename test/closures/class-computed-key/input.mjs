const key = `k${1}`
class Computed {
  [key]() {
    return 1
  }
  static [`s${key}`] = 2
}
export default () => [new Computed().k1(), Computed.sk1]
