const it = {
  n: 4,
  get twice() {
    return 2 * this.n
  },
}
const { get } = Object.getOwnPropertyDescriptor(it, 'twice')
export default () => [get.call({ n: 5 }), get.name]
