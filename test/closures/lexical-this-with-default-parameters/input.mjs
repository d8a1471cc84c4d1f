let ran = 0
class Careful {
  v = 1
  get() {
    return (x = ran++, { y } = { y: this.v }) => [x, y, ran]
  }
}
const careful = new Careful().get()
export default () => careful()
