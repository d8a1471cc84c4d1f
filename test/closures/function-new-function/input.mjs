const add = new Function('a', 'b', 'return a + b')
export default () => [add(1, 2), add.name, add.length]
