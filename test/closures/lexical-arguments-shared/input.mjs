function outer() {
  return [() => arguments, () => arguments]
}
const [a, b] = outer({ n: 1 })
export default () => a() === b()
