class Shape {
  readonly name: string
  constructor(name: string) {
    this.name = name
  }
  get label() {
    return `<${this.name}>`
  }
  static of = (name: string) => new Shape(name)
}
export default () => Shape.of('n').label
