const seen = []
let n = 0
export default () => {
  seen.push(++n)
  return [seen.length, n]
}
