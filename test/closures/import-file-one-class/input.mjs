import { Point, origin } from './point.mjs'
import { shifted } from './shift.mjs'
export default () => [origin instanceof Point, shifted(origin) instanceof Point, shifted(origin).x]
