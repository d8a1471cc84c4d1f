const compiled = Object.create(Function.prototype, { default: { value: 3, enumerable: true } })
compiled.chunk = x => [x]

export default () => [
  compiled.default,
  compiled.chunk(1),
  typeof compiled,
  Object.getPrototypeOf(compiled) === Function.prototype,
  compiled instanceof Function,
]
