export const area = (a, b) => a * b
export const sizes = [1, 2]
export default class Shape {}
