function make() {
  let n = 0
  return [class { up() { return ++n } }, class { now() { return n } }]
}
const [Up, Now] = make()
export default () => [new Up().up(), new Now().now()]
