// As selectors that remember what they gave: each call of the package made a WeakMap of its own.
import { count, remember } from 'remember'
const key = { n: 2 }
const twice = remember(({ n }) => ({ twice: n * 2 }))
const thrice = remember(({ n }) => n * 3)
const before = twice(key)
thrice(key)
key.n = 5
export default () => [twice(key) === before, twice(key).twice, thrice(key), twice({ n: 5 }).twice, count(key)]
