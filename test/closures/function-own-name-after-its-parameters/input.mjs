// The name of a function expression and its parameters are of two scopes, which span the same text.
const later = (function make(own) {
  return () => [own++, make.name]
})(1)
const sooner = (function make(own) {
  return () => [make.name, own++]
})(1)
const evaluated = (function make(own) {
  return function (text) {
    return eval(text)
  }
})(1)
const made = Function('cell', 'return function (text) { return eval(text) }')({ value: 7 })

export default () => [later(), sooner(), evaluated('[make.name, own++]'), made('cell.value')]
