const key = Symbol('sym')
const it = {
  [key]: () => 1,
  ['a' + 'b']: function () {},
  get prop() {
    return 1
  },
  'with-dash': () => 2,
}
const { get } = Object.getOwnPropertyDescriptor(it, 'prop')
export default () => [it[key].name, it.ab.name, get.name, it['with-dash'].name]
