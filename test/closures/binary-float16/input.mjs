const halves = new Float16Array([1.5, -0, 65504, NaN])
const view = new Float16Array(halves.buffer, 2, 2)
export const args = [new Float16Array(3000).fill(0.5)]
export default given => [
  [...halves.subarray(0, 3)].map(x => (Object.is(x, -0) ? '-0' : x)),
  Number.isNaN(halves[3]),
  view.buffer === halves.buffer,
  given instanceof Float16Array && given.length,
  given[2999],
]
