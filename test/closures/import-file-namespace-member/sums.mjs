export const add = (a, b) => a + b
export const unsendable = new WeakMap()
