const a = function b(n) {
  return n === 0 ? typeof a + typeof b + (a === b) : b(n - 1)
}
export const args = [3]
export default a
