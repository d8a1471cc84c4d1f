function counter(from) {
  let n = from
  return { up: () => ++n, now: () => n }
}
const one = counter(0)
export default () => {
  one.up()
  one.up()
  return one.now()
}
