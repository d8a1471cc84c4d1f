const calls = []
const logged = method =>
  function (...args) {
    calls.push(method.name)
    return method.apply(this, args)
  }
class Safe {
  #n = 3
  read() {
    return this.#n
  }
}
const original = Safe.prototype.read
Safe.prototype.read = logged(original)
export default () => {
  const safe = new Safe()
  safe.read()
  return [(safe.read(), calls), original.call(safe), original !== Safe.prototype.read]
}
