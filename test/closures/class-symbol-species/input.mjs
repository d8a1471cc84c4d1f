class Plain extends Array {
  static get [Symbol.species]() {
    return Array
  }
}
export default () => {
  const mapped = new Plain(1, 2, 3).map(x => x)
  return [mapped instanceof Plain, mapped.length]
}
