const tools = { shared: 1 }
const f = Object.setPrototypeOf(() => 2, tools)
export default () => [f(), f.shared, Object.getPrototypeOf(f) === tools]
