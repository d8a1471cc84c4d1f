function outer() {
  return () => () => ({ arguments })
}
const f = outer('a')
export default () => f()().arguments[0]
