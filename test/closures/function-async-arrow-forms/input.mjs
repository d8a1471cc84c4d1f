const a = async x => x + 1
const b = async function named(x) {
  return (await a(x)) * 2
}
const { c } = {
  async c(x) {
    return b(x)
  },
}
export const args = [1]
export default async x => [await a(x), await b(x), await c(x), a.constructor.name]
