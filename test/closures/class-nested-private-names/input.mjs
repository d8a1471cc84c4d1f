class Outer {
  #a = 1
  Inner = class {
    #b = 2
    sum(outer) {
      return outer.#a + this.#b
    }
  }
  run() {
    return new this.Inner().sum(this)
  }
}
export default () => new Outer().run()
