const point = { x: 1 }
const held = { list: [new Set([point])], bytes: new Uint8Array([1, 2]), proxy: new Proxy([], {}) }
const given = { deep: { point, bytes: held.bytes, proxies: [held.proxy] } }
export default ({ deep }, sees) => {
  deep.point.x++
  deep.bytes[0]++
  deep.proxies[0].push(3)
  return [[...held.list[0]][0].x, held.bytes[0], held.proxy.length, sees(), point === deep.point]
}
export const args = [given, () => given.deep.point.x]
