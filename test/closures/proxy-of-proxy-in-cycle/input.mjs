const inner = new Proxy({}, { get: (_, key) => `inner ${String(key)}` })
const handler = {}
const outer = new Proxy(inner, handler)
handler.back = outer
export default () => [outer.a, handler.back === outer]
