import { Point } from './point.mjs'
export const shifted = ({ x }) => new Point(x + 7)
