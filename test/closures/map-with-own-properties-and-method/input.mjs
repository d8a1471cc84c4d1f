const cache = Object.assign(new Map([['a', 1]]), {
  hits: 0,
  read(key) {
    this.hits++
    return this.get(key)
  },
})
export default () => [cache.read('a'), cache.hits]
