import { join } from 'node:path'
const slice = Array.prototype.slice.call.bind(Array.prototype.slice)
const under = join.bind(null, '/root')
const hasOwn = Function.prototype.call.bind(Object.prototype.hasOwnProperty)
export default () => [slice([1, 2, 3], 1), under('a'), hasOwn({ a: 1 }, 'a')]
