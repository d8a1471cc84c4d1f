const once = fn => {
  let done = false
  let value
  return (...args) => (done ? value : ((done = true), (value = fn(...args))))
}
const init = once(x => ({ x }))
init(1)
export default () => init(2)
