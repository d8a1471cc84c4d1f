const add = (a, b) => a + b
const called = new Proxy(add, { apply: (target, _self, args) => target(...args) * 10 })
export default () => [called(1, 2), called.length]
