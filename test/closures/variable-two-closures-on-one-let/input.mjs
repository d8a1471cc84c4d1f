let total = 0
const add = n => {
  total += n
}
const read = () => total
export default () => {
  add(2)
  add(3)
  return read()
}
