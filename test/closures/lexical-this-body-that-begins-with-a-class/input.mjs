let ran = 0
const count = value => {
  ran++
  return value
}
const object = {
  name: 'object',
  make: () => undefined,
  arrows() {
    return [
      () => {
        class Inner {
          static made = count('field')
          static {
            count('block')
          }
        }
        return [this.name, Inner.made]
      },
      ({ base }) => {
        class Inner extends (base ?? count(Object)) {}
        return [this.name, Inner.name]
      },
      ({ rows }) => {
        for (const row of this.none?.rows ?? rows) count(row)
        return this.name
      },
    ]
  },
}
const [made, extended, looped] = object.arrows()
const before = ran
export default () => [before, made(), extended({}), looped({ rows: [1, 2] }), ran]
