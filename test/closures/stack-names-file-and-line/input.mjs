const fails = depth => {
  if (depth > 0) return fails(depth - 1)
  throw new Error('deep')
}
export default () => fails(2)
