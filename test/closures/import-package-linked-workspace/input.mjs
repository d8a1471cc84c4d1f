import { Point, make } from 'linked'
const made = make(3)
export default () => [made instanceof Point, made.x]
