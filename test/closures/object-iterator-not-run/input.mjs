const it = {
  *[Symbol.iterator]() {
    yield 1
  },
}
export default () => [...it]
