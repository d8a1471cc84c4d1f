class Shape {
  name = 's'
  get label() {
    return `<${this.name}>`
  }
}
const shape = new Shape()
shape.extra = 1
export default () => [shape.label, shape instanceof Shape, shape.constructor === Shape, shape.extra]
