const add = new Function('a', 'b = 2', 'return a + b')
export default () => [add(1), add(1, 5), add.name]
