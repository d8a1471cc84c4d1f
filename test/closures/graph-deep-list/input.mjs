let list = null
for (let i = 0; i < 20_000; i++) list = { i, next: list }
export default () => {
  let length = 0
  for (let at = list; at !== null; at = at.next) length++
  return [length, list.i]
}
