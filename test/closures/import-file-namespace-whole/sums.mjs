export const one = 1
export const add = (a, b) => a + b
