const target = {}
const around = new Proxy(target, { has: () => true })
target.around = around
export default () => [target.around === around, 'x' in around]
