class Named {
  #arrow = () => 1
  #made = class {
    static x = 1
  }
  #old = function () {}
  names() {
    return [this.#arrow.name, this.#made.name, this.#old.name]
  }
}
export default () => new Named().names()
