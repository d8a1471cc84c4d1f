import { isMarked, mark, Slab } from 'slab'
const slab = mark(new Slab(7))
export default () => [slab.size(), slab instanceof Slab, isMarked(slab), isMarked(new Slab(8))]
