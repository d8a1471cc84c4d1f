class Shape {
  name = 's'
  later() {
    return async () => [this.name, this instanceof Shape]
  }
}
export default new Shape().later()
