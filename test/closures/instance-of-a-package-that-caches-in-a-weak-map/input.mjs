// A cache fills again: what a package keeps in it is no reason to refuse.
import { Size } from 'sizes'
const size = new Size(3)
size.area()
export default () => [size.area(), size instanceof Size]
