// Only a look at the heap tells of generator functions; V8 lists no scope that holds nothing but `this`.
function make() {
  let n = 0
  const plain = function* () {
    yield n++
  }
  const behind = function () {
    const name = (() => this.name)()
    const gen = function* () {
      n += 10
      yield n
    }
    return { name, gen }
  }.call({ name: 'behind' })
  const named = {
    n() {
      const x = { deep: 1 }
      return function* () {
        n += 100
        yield [n, x.deep]
      }
    },
  }.n()
  return { plain, behind, named }
}
const { plain, behind, named } = make()
const other = make()
export default () => [...plain(), ...behind.gen(), ...named(), ...other.behind.gen(), ...plain()]
