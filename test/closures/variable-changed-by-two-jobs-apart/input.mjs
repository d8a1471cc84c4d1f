let state = { n: 0 }
export default () => {
  state = { n: state.n + 1, was: state }
  return [state.n, state.was.n]
}
