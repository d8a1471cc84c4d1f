import { snapshot, stateful } from 'snapshots'
const state = stateful({ n: 1 })
state.n = 2
export default () => {
  state.n++
  return snapshot(state)
}
