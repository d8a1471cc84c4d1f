let last = () => undefined
for (let index = 0; index < 20_000; index++) {
  const before = last
  last = () => before
}
const top = last
export default () => {
  let count = 0
  for (let at = top; at() !== undefined; at = at()) count++
  return count
}
