export const args = [2]
export default ((a, b) => a * b).bind(undefined, 21)
