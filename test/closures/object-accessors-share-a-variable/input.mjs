const make = () => {
  let v = 1
  return {
    get v() {
      return v
    },
    set v(to) {
      v = to * 10
    },
  }
}
const box = make()
export default () => {
  box.v = 5
  return box.v
}
