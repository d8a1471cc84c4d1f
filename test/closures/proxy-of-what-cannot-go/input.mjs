const cache = new Proxy({ entries: new WeakMap() }, {})
export default () => cache
