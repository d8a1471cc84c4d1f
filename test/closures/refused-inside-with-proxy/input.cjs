const proxy = new Proxy({ x: 1 }, {})
let get
with (proxy) get = () => x
exports.default = () => get()
