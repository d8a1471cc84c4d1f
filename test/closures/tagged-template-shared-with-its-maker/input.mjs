const tag = strings => strings
const make = () => () => tag`a\n${1}b`
const inner = make()
const odd = make()
const alone = () => tag`a\n${1}b`
export default () => {
  const [one, two, three] = [inner(), make()(), odd()]
  return [one === two, two === three, one === alone(), Object.isFrozen(one), one.raw, [...one]]
}
