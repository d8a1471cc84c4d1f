const seen = new Map()
const tag = strings => {
  seen.set(strings, (seen.get(strings) ?? 0) + 1)
  return seen.get(strings)
}
const first = () => tag`x`
const second = () => tag`x`
first()
export default () => [first(), second()]
