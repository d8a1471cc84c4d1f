// Each form of the call, in a function that is captured by itself and within the one that made it.
const seen = []
const tools = {
  name: 'tools',
  tag(strings, ...values) {
    seen.push(strings)
    return [this?.name, strings.raw.join('|'), values]
  },
}
function Maker(strings, value) {
  seen.push(strings)
  if (new.target) return
  return class {
    constructor(more) {
      this.more = [value, more]
    }
    static nested = { Inner: this }
  }
}
const make = () =>
  function (a, b) {
    const plain = a
    tools
    .tag`one ${a, b} \u{zz} two ${`in${b}ner`}`
    return [
      plain,
      tools.tag`x${tools.tag`y${a}`}z`,
      tools['tag']
      `multi
line ${
  // a comment
  b /* another */
} end`,
      new Maker`m${1}`('more').more,
      new Maker`m${2}`.nested.Inner('deep').more,
      new (Maker`m${3}`)('own').more,
      (strings => strings.length)`a${1}b${2}c`,
      tools.tag``,
      (strings => () => strings)`twice``again`,
    ]
  }
const one = make()
exports.default = () => {
  const first = one(1, 2)
  const before = seen.splice(0)
  const second = make()(1, 2)
  return [first, JSON.stringify(first) === JSON.stringify(second), before.length, before.every((it, i) => it === seen[i])]
}
