let ran = 0
class Careful {
  v = 1
  get() {
    return () => {
      ran++
      return this.v
    }
  }
}
const careful = new Careful().get()
export default () => [careful(), ran]
