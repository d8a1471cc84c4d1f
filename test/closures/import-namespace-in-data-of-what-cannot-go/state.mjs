export const count = 1
export const deep = { cache: new WeakMap() }
