const bare = Object.assign(Object.create(null), { a: 1 })
export default () => [Object.getPrototypeOf(bare), bare.a, 'toString' in bare]
