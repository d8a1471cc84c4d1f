function make() {
  let n = 0
  const by = () => 1
  return [(step = by()) => (n += step), ({ plus = 0 } = {}) => n + plus]
}
const [up, now] = make()
const [other] = make()
export default () => [up(), up(), now(), other()]
