class Bag extends Map {
  total() {
    let sum = 0
    for (const value of this.values()) sum += value
    return sum
  }
}
const bag = new Bag([
  ['a', 1],
  ['b', 2],
])
export default () => [bag.total(), bag instanceof Bag, bag instanceof Map, bag.size]
