const k = 3
const twice = f => x => f(f(x))
const addK = x => x + k
export default () => [twice(addK)(1), twice(twice(addK))(0)]
