const seen = []
const tag = strings => {
  seen.push(strings)
  return strings
}
const site = () => tag`a${1}b`
const other = () => tag`a${1}b`
export default () => {
  const [one, two, three] = [site(), site(), other()]
  return [one === two, one === three, Object.isFrozen(one), one.raw.join('|'), seen.length]
}
