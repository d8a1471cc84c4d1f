let calls = 0
const key = () => `k${++calls}`
class Computed {
  [key()]() {
    return calls
  }
}
export default () => [new Computed().k1(), Object.getOwnPropertyNames(Computed.prototype)]
