export const held = new WeakMap()
export const real = 'real'
