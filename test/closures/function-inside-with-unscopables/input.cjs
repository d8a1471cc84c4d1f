let x = 'outer'
let y = 'outer'
const object = { x: 'own', y: 'own', [Symbol.unscopables]: { x: true } }
let read
with (object) read = () => [x, y]
exports.default = () => {
  const before = read()
  object[Symbol.unscopables].x = false
  return [before, read()]
}
