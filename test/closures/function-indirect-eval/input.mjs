const square = (0, eval)('x => x * x')
export const args = [5]
export default x => square(x)
