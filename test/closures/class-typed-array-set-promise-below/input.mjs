class Vector extends Float64Array {
  norm() {
    return Math.hypot(...this)
  }
}
class Bag extends Set {
  first() {
    return this.values().next().value
  }
}
const vector = Vector.of(3, 4)
const bag = new Bag(['x'])
export default () => [vector.norm(), vector instanceof Vector, bag.first(), bag instanceof Bag, vector.map(x => x) instanceof Vector]
