const add = (a, b, c = 0) => a + b + c
const addTwo = add.bind(undefined, 2)
export default () => [addTwo(1), addTwo.name, addTwo.length]
