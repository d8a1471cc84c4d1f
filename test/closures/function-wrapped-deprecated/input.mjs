import { deprecate } from 'node:util'

function area(a, b) {
  return a * b
}
class Shape {
  static unit = 'mm'
  sides = 4
}
const old = deprecate(area, 'use volume', 'DEP_CASE')
const Old = deprecate(Shape, 'use Body', 'DEP_CASE_TWO')
export default async () => {
  const warned = new Promise(resolve => process.once('warning', resolve))
  const { message, code } = await (old(2, 3), warned)
  const made = new Old()
  return [old(1, 2), message, code, made instanceof Shape, made.sides, Old.unit, Object.getPrototypeOf(old) === area]
}
