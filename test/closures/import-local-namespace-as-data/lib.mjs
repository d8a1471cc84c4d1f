export const add = (a, b) => a + b
export const one = 1
