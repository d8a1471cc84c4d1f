export const args = [5, 2]
export default (a: number, b: number): number => a - b
