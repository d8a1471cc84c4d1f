function make() {
  return (x = 1) => this + x
}
const f = make.call(5)
export default () => f()
