import * as self from './again.mjs'
export const twice = x => (x > 3 ? x : self.twice(x * 2))
export { self }
