const it = JSON.parse('{"__proto__": {"evil": true}, "a": 1}')
export default () => [Object.hasOwn(it, '__proto__'), it.evil, Object.getPrototypeOf(it) === Object.prototype, Object.keys(it)].map(x => x ?? 'none')
