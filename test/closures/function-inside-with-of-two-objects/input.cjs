// One block run twice, with two objects and with one object twice.
const made = (object, own) => { with (object) return { set: v => { x = v }, get: () => [x, own++] } }
const one = { x: 1 }
const a = made(one, 'a'.length)
const b = made(one, 10)
const c = made({ x: 3 }, 100)
exports.default = () => {
  a.set(7)
  return [a.get(), a.get(), b.get(), c.get(), one.x]
}
