const seen = []
const tag = strings => {
  if (!seen.includes(strings)) seen.push(strings)
  return seen.indexOf(strings)
}
const make = () => () => [tag`a${1}b`, tag`\unicode${1}`]
const one = make()
const two = make()
one()
const object = { run: () => tag`c` }
object.run()
exports.default = () => [one(), two(), make()(), object.run(), seen.length]
