const stop = new Set('a an the of'.split(' '))
const tokens = text => text.toLowerCase().match(/[a-z]+/g) ?? []
const count = words => words.reduce((map, word) => map.set(word, (map.get(word) ?? 0) + 1), new Map())
const top = (map, n) => [...map].sort(([a, x], [b, y]) => y - x || a.localeCompare(b)).slice(0, n)
export const args = ['The cat and the hat: a cat of the hats', 2]
export default (text, n) => top(count(tokens(text).filter(word => !stop.has(word))), n)
