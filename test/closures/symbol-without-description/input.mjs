const [bare, empty] = [Symbol(), Symbol('')]
export default () => [bare.description === undefined, empty.description, bare !== empty]
