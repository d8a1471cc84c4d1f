// A cache goes along too.
import { Size } from 'sizes'
const size = new Size(3)
size.area()
size.n = 4
export default () => [size.area(), size instanceof Size, new Size(2).area()]
