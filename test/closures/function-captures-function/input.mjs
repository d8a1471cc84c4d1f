const twice = x => 2 * x
export const args = [4]
export default x => twice(x) + 1
