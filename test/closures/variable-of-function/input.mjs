function counter(from) {
  let n = from
  return { up: () => ++n, now: () => n }
}
export default counter(0).up
