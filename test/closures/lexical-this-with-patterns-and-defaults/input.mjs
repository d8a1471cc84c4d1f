let ran = 0
const count = value => {
  ran++
  return value
}
const watched = {
  get value() {
    return count(1)
  },
  [Symbol.iterator]: () => count([][Symbol.iterator]()),
  toString: () => count('text'),
}
const object = {
  name: 'object',
  make() {
    return {
      object: ({ a, b: { c = count(2), ...rest } = count({}), 'd e': d = watched.value }) => {
        ran++
        return [this.name, a, c, rest, d]
      },
      list: ([first, [second = count(3)] = watched, , ...rest]) => [count(this.name), first, second, rest],
      call: (a = count(4), b = `${watched}`, c = [...watched]) => (count(this.name), [this.name, a, b, c]),
      rest: (a, ...[b]) => [this.name, a, b],
      later: async ({ a }, b = await_(a)) => {
        await null
        return [this.name, a, b]
      },
      computed: ({ [count('key')]: a }) => [this.name, a],
      shadowed: (given = name, other = () => name) => {
        const name = given
        return [this.name, name, other()]
      },
    }
  },
}
const await_ = value => count(value) + 1
const name = 'outside'
const made = object.make()
const primitive = function () {
  return ({ x }) => [typeof this, this, x]
}
class Counted {
  #start
  constructor({ start = count(1) }) {
    this.#start = start
  }
  above = ({ by = count(1), ...rest } = {}) => [this.#start + by, rest, new.target === undefined]
}
const { above } = new Counted({ start: 5 })
const [five, text] = [primitive.call(5), primitive.call('text')]
ran = 0
export default async () => {
  const before = ran
  const given = [
    made.object({ a: 1, b: { e: 3 } }),
    made.list([1, [2], 3, 4, 5]),
    made.call(1, 2, 3),
    made.rest(1, 2),
    await made.later({ a: 1 }),
    made.computed({ key: 7 }),
    made.shadowed(),
  ]
  return [before, given, five({ x: 1 }), text({ x: 2 }), above({ by: 2, of: 'it' })]
}
