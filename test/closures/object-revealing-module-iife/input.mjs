const counter = (() => {
  let n = 0
  function up() {
    n++
    return api
  }
  const api = { up, value: () => n }
  return api
})()
counter.up()
export default () => counter.up().up().value()
