export const args = [1, 3]
export default new Proxy((a, b) => a + b, { apply: (target, _self, args) => target(...args) * 10 })
