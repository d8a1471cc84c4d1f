import * as state from './state.mjs'
export default () => {
  state.bump()
  return state.total
}
