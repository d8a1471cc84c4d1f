const api = {
  n: 2,
  read() {
    return this === undefined ? 'no this' : this.n
  },
}
export default api.read
