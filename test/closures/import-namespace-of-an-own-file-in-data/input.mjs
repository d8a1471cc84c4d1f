import * as again from './again.mjs'
import * as shapes from './shapes.mjs'

const held = { shapes, list: [shapes], again }
export const args = [shapes, { shapes }]
export default (given, other) => [
  Object.keys(held.shapes),
  held.shapes.area(2, 3),
  held.list[0] === held.shapes && held.shapes === shapes,
  [given.area === shapes.area, given.sizes === shapes.sizes, other.shapes === given],
  held.again.twice(1),
  held.again.self === held.again,
  new held.shapes.default() instanceof given.default,
  Object.getPrototypeOf(held.shapes),
]
