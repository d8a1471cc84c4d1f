const add = (a, b) => a + b
export const args = [40]
export default add.bind(undefined, 2)
