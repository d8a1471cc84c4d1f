export const value = () => 'lib'
export const unsendable = new WeakMap()
