const seen = new Set()
const tag = parts => {
  const first = !seen.has(parts)
  seen.add(parts)
  return [first, Object.isFrozen(parts), parts.raw[0]]
}
const site = () => tag`a\n`
export default () => [site(), site(), tag`a\n`]
