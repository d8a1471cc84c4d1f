const createStack = () => {
  const items = []
  const push = item => (items.push(item), api)
  const pop = () => items.pop()
  const api = { push, pop, get size() { return items.length } }
  return api
}
const stack = createStack().push(1).push(2)
export default () => [stack.size, stack.pop(), stack.push(9).pop(), stack.size]
