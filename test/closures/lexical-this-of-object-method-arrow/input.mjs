const tools = {
  base: 10,
  adder() {
    return x => this.base + x
  },
}
const add = tools.adder()
export const args = [5]
export default x => add(x)
