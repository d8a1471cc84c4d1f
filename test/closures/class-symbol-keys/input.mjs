const tag = Symbol('tag')
class Listed {
  #items = [1, 2];
  *[Symbol.iterator]() {
    yield* this.#items
  }
  get [Symbol.toStringTag]() {
    return 'Listed'
  }
  [tag]() {
    return tag.description
  }
}
export default () => [[...new Listed()], String(new Listed()), new Listed()[tag]()]
