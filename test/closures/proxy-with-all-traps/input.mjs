const traps = []
const noting = new Proxy({}, { get: (_, trap) => void traps.push(String(trap)) })
const object = new Proxy({ a: 1 }, noting)
const fn = new Proxy(() => 1, noting)
export default () => {
  const before = traps.length
  return [before, object.a, typeof fn, traps]
}
