export const args = [5]
export default function factorial(n) {
  return n < 2 ? 1 : n * factorial(n - 1)
}
