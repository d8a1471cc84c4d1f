let n = 0
const f = x => n
const g = () => {
  const a = f
  this?.foo()
  n++
  return [a(), typeof this]
}
export default () => g()
