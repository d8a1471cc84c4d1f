import { watch, watched } from 'watching'
const raw = { n: 1 }
const state = watched(raw)
const seen = []
watch(raw, key => seen.push(key))
state.n = 2
export default () => {
  state.n = 3
  return [seen, raw.n, watched(raw) === state]
}
