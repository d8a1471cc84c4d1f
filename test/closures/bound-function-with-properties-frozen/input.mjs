const add = (a, b) => a + b
const odd = Object.freeze(Object.assign(add.bind(undefined, Number.NaN, -0), { extra: { deep: 1 } }))
export default () => [Number.isNaN(odd()), odd.extra.deep, Object.isFrozen(odd), odd.name]
