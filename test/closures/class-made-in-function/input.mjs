const make = base => {
  let made = 0
  return class Made {
    id = `${base}${++made}`
    static count = () => made
  }
}
const A = make('a')
const B = make('b')
new A()
export default () => [new A().id, new B().id, A.count(), B.count(), A === B]
