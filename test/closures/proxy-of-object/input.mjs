const data = { a: 1, nested: { b: 2 } }
const reader = new Proxy(data, { get: (target, key) => (key === 'virtual' ? 'v' : Reflect.get(target, key)) })
export default () => [reader.virtual, reader.nested.b, 'a' in reader]
