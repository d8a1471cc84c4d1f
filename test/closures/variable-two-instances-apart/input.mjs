function counter(from) {
  let n = from
  return { up: () => ++n, now: () => n }
}
const [left, right] = [counter(7), counter(7)]
export default () => {
  left.up()
  return [left.now(), right.now(), right.up()]
}
