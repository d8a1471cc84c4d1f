export let total = 1
let hidden = 0
export { hidden as also }
export function raise(by) {
  ;({ total } = { total: total + by })
  for (hidden of [1, 2, 3]) hidden++
  return total
}
