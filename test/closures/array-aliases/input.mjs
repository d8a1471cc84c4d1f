const shared = []
const lists = [shared, shared, [shared]]
export default () => {
  shared.push(1)
  return [lists[0] === lists[1], lists[2][0].length]
}
