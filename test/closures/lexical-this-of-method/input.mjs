class Shape {
  name = 's'
  get label() {
    return `<${this.name}>`
  }
  lexical() {
    return () => `${this.label}/${[0].map(() => this.name)[0]}`
  }
}
export default new Shape().lexical()
