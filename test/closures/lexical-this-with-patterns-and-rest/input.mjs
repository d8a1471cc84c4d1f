let calls = 0
class Greeter {
  name = 'Ada'
  hello(mark = '!') {
    calls++
    return `hello ${this.name}${mark}`
  }
  make() {
    return (text = this.hello()) => text
  }
  pattern() {
    const sum = { n: 0 }
    return ({ a, b: [b = this.name] }, ...rest) => {
      sum.n += a
      return () => [this.hello(b), sum.n, rest.length]
    }
  }
  async() {
    return async ([a] = [this]) => a === this
  }
}
const greeter = new Greeter()
const [f, g, h] = [greeter.make(), greeter.pattern(), greeter.async()]
function Made(x) {
  if (new.target) {
    const self = this
    return { made: ({ x } = {}) => [new.target === Made, this === self, x] }
  }
}
const { made } = new Made()
export default async () => [f(), f(1), g({ a: 2, b: [] }, 1)(), g({ a: 2, b: ['?'] })(), await h(), made({ x: 3 }), calls]
export const returned = result => [...result, calls]
