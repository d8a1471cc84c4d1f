// In the manner of Babel's regenerator: generator functions have prototypes below that of iterators.
const GeneratorPrototype = Object.create(Iterator.prototype)
Object.defineProperty(GeneratorPrototype, Symbol.toStringTag, { value: 'Generator', configurable: true })
GeneratorPrototype.next = function () {
  return this._invoke()
}
function mark(inner) {
  const above = {}
  Object.setPrototypeOf(inner, Object.setPrototypeOf(above, Function.prototype))
  inner.prototype = Object.create(GeneratorPrototype)
  return inner
}
function wrap(run, outer) {
  const made = Object.create(outer.prototype)
  const state = { at: 0 }
  made._invoke = () => run(state)
  return made
}
const _marked = mark(numbers)
function numbers(from) {
  return wrap(state => {
    switch (state.at++) {
      case 0:
      case 1:
        return { done: false, value: from + state.at }
      default:
        return { done: true, value: undefined }
    }
  }, _marked)
}

module.exports = () => [[...numbers(1)], String(numbers(1)), numbers(1) instanceof numbers]
