const random = seed => () => {
  seed = (seed * 1103515245 + 12345) % 2147483648
  return seed / 2147483648
}
const next = random(42)
export const args = [1000]
export default n => {
  let inside = 0
  for (let i = 0; i < n; i++) if (next() ** 2 + next() ** 2 < 1) inside++
  return inside
}
