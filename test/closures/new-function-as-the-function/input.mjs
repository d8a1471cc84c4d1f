export const args = [2, 3]
export default new Function('a', 'b', 'return a * b')
