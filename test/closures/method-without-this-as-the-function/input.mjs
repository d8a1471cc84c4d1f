const owner = {
  twice(x) {
    return x * 2
  },
}
export const args = [4]
export default owner.twice
