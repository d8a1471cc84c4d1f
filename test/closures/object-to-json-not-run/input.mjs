const it = {
  a: 1,
  toJSON() {
    throw new Error('ran')
  },
}
export default () => [it.a, typeof it.toJSON]
