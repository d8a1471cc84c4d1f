const map = new Map([['a', 1]])
map[Symbol.iterator] = () => {
  throw new Error('ran')
}
map.entries = map[Symbol.iterator]
map.forEach = map[Symbol.iterator]
export default () => [map.get('a'), map.size]
