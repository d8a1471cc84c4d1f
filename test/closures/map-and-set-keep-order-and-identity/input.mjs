const key = { id: 1 }
const map = new Map([[key, 'object'], [Number.NaN, 'nan'], [-0, 'zero']])
const set = new Set([key, map, 'b', 'a'])
map.set('self', map)
export default () => [map.get(key), map.get(Number.NaN), map.get(0), set.has(key), [...set].slice(2), map.get('self') === map, set.has(map)]
