// What can't travel of a cache stays behind, and is made again.
import { Size } from 'sizes'
const size = new Size(3)
const before = size.area()
export default () => [before === 9, size.area(), size.area()]
