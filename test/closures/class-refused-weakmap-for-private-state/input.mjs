const hidden = new WeakMap()
class Old {
  constructor() {
    hidden.set(this, 1)
  }
  read() {
    return hidden.get(this)
  }
}
export default () => new Old().read()
