const k = 5
const twice = x => 2 * x
export const args = [{ b: 1 }]
export default ({ a = k, ...rest } = {}, [b] = [twice(1)]) => [a, rest, b]
