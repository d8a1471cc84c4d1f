class Greeter {
  hello() {
    return 'hello'
  }
  make() {
    return (text = this.hello()) => text
  }
}
const f = new Greeter().make()
export default () => f()
