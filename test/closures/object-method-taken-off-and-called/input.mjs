const tools = {
  base: 10,
  add(n) {
    return this.base + n
  },
}
export default () => tools.add.call({ base: 1 }, 1)
