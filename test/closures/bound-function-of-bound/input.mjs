const add = (a, b, c) => a + b + c
const addTwo = add.bind(undefined, 2)
const addFive = addTwo.bind(null, 3)
export default () => [addFive(1), addFive.name, addFive.length]
