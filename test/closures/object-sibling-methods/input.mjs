const api = {
  base: 2,
  twice(x) {
    return this.base * x
  },
  quad(x) {
    return this.twice(this.twice(x))
  },
}
export const args = [3]
export default x => api.quad(x)
