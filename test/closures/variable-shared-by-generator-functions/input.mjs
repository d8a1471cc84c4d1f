function make() {
  let n = 0
  return [
    function* () {
      yield ++n
    },
    function* () {
      yield n
    },
  ]
}
const [up, now] = make()
export default () => [up().next().value, now().next().value]
