let n = 1
const read = () => n
export default () => {
  eval('n = 7')
  return read()
}
