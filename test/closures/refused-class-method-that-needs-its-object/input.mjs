class Owner {
  n = 1
  read() {
    return (() => this.n)()
  }
}
export default new Owner().read
