let list
for (let index = 0; index < 20_000; index++) list = { index, next: list }
export default () => {
  let count = 0
  for (let at = list; at !== undefined; at = at.next) count++
  return count
}
