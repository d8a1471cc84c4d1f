const x = 'outer'
const f = () => x
const g = (x => () => x)('inner')
const h = () => {
  const x = 'local'
  return x
}
export default () => [x, f(), g(), h()]
