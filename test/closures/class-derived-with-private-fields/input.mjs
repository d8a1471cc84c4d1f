class Shape {
  constructor(name) {
    this.name = name
  }
  get label() {
    return `<${this.name}>`
  }
}
class Square extends Shape {
  side = 2
  #secret = 7
  area() {
    return this.side ** 2 + this.#secret
  }
  get label() {
    return `${super.label}!`
  }
}
export default () => {
  const it = new Square('q')
  return [it.area(), it.label, it instanceof Shape]
}
