function* shared() {
  let n = 0
  yield () => ++n
  yield () => n
}
const [up, now] = [...shared()]
export default () => [up(), now()]
