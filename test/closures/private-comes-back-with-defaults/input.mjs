let ran = 0
class Account {
  #n = 0
  #region
  constructor(n = 0, { region } = {}, ...rest) {}
}
class Store {
  #n = 0
  #region = ''
  constructor(n = 1, options = {}, tags = []) {
    ran++
    this.#n = n
    this.#region = options.region
  }
  tell() {
    return [this.#n, this.#region]
  }
}
class List {
  #items
  constructor(...items) {
    this.#items = items
    if (++ran > 100) throw new Error('never')
  }
  items() {
    return [this.#items]
  }
}
export default () => [new Store(3, { region: 'eu' }), new List(1, 2)]
export const returned = ([store, list]) => [store.tell(), list.items(), ran]
