const cache = new WeakMap()
const it = {
  get value() {
    return cache.get(this)
  },
}
export default () => it.value
