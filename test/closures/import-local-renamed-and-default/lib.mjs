export const add = (a, b) => a + b
export default x => 2 * x
