const object = {
  outer() {
    const make = function () {
      return ({ x }) => [this, x]
    }
    return [() => this, make.call(5)]
  },
}
const [, five] = object.outer()
export default () => five({ x: 1 })
