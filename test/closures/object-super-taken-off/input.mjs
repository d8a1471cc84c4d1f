const make = above => ({ __proto__: above, m() { return super.m() } })
const first = make({ m: () => 'first' })
const second = { __proto__: { m: () => 'wrong' }, m: make({ m: () => 'second' }).m }
const { m } = make({ m: () => 'none' })
const moved = make({ m: () => 'early' })
Object.setPrototypeOf(moved, { m: () => 'late' })
export default () => [first.m(), second.m(), m(), moved.m()]
