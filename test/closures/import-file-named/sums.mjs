const factor = 10
export const add = (a, b) => a + b + factor
