const owner = {
  n: 1,
  read() {
    return this.n
  },
}
export default owner.read
