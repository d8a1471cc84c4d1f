const tools = {
  base: 10,
  get doubled() {
    return this.base * 2
  },
}
export default () => tools.doubled
