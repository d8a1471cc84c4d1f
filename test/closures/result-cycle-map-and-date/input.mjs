export default () => {
  const result = { when: new Date(0), map: new Map([['a', new Set([1])]]) }
  result.self = result
  return result
}
export const returned = it => [it.self === it, it.when.getTime(), it.map.get('a').has(1)]
