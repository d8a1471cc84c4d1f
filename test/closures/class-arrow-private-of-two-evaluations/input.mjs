const make = (name, from) =>
  class {
    #n = from
    up = () => [++this.#n, name]
    static is = it => #n in it
  }
const A = make('a', 0)
const B = make('b', 10)
const a = new A()
const { up } = a
const { up: other } = new B()
const { is } = A

export default () => [up(), other(), is(a), is(new B())]
