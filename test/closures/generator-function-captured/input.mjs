function* count(to) {
  for (let i = 0; i < to; i++) yield i
  return 'end'
}
const it = { *pairs() { yield* Object.entries({ a: 1 }) } }
export default () => [[...count(3)], [...it.pairs()], count.constructor.name, count(0).next().value]
