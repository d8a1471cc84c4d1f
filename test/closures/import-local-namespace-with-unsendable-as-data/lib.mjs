export const unsendable = new WeakMap()
