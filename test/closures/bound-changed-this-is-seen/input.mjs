const state = { n: 1 }
const read = function () {
  return this.n
}.bind(state)
state.n = 5
export default () => read()
