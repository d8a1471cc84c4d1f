class Query {
  #parts = []
  where(text) {
    this.#parts.push(text)
    return this
  }
  static from(table) {
    return new Query().where(table)
  }
  toString() {
    return this.#parts.join(' ')
  }
}
export default () => `${Query.from('t').where('x')}`
