const make = function () {
  const own = {}
  return ({ x }) => [this === undefined, this === null, x, own]
}
const of = { none: make.call(undefined), self: make.call(Object.freeze([1])) }
const outer = { around: 1, make() { return [() => this, make.call(undefined)] } }
const [, nested] = outer.make()
export default () => [of.none({ x: 1 }), of.self({ x: 3 }), nested({ x: 4 })]
