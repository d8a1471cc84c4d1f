const mark = Symbol('mark')
const f = Object.freeze(Object.assign(() => 1, { [mark]: { deep: [1] }, a: 2 }))
export default () => [Object.isFrozen(f), f[mark].deep, f.a]
