const key = 'x'
function make() {
  return ({ [key]: x }) => this + x
}
const f = make.call(5)
export default () => f({ x: 1 })
