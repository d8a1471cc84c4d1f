import { Point, origin } from './point.mjs'
export default () => [origin instanceof Point, new Point(3).x, origin.x]
