class Greeter {
  #hello() {
    return 'hello'
  }
  hello() {
    return this.#hello()
  }
}
const greeter = new Greeter()
const bare = Object.create(Greeter.prototype)
const attempt = it => {
  try {
    return it.hello()
  } catch (error) {
    return error.name
  }
}
export default () => [attempt(greeter), attempt(bare)]
