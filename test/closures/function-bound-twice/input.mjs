const sum = (a, b, c) => a + b + c
const twice = sum.bind(null, 1).bind(null, 2)
export default () => [twice(3), twice.name, twice.length]
