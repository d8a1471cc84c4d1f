// Each pair shares one variable, and neither function has plain parameters.
function counters() {
  let n = 1
  let other = 1
  return {
    add: ({ by = 1 } = {}) => (n += by),
    get: ([] = []) => n,
    other: (by = 1) => (other += by),
    shadowed: ({ by } = { by: n }) => {
      const n = 100
      return n + by
    },
    nested: (held = () => n) => {
      var n = 200
      return [n, held()]
    },
    blocks: (to = n) => {
      {
        const other = 300
        n = to + 1
        return other
      }
    },
    class: ({ made = true } = {}) => {
      class Named {
        static n = n
      }
      return made && Named.n
    },
  }
}
const [one, two] = [counters(), counters()]
const loops = []
for (let at = 0; at < 2; at++) loops.push([({ by = 1 } = {}) => (at += by), (..._) => at])
export default () => {
  const before = [one.add({ by: 5 }), one.get(), two.get(), one.other(), two.other({})]
  const shadowed = [one.shadowed(), one.nested(), one.blocks(), one.get(), one.class(), two.class()]
  const looped = loops.map(([add, get]) => [add(), add({ by: 10 }), get()])
  return [before, shadowed, looped]
}
