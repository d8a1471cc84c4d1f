let chain = { call: () => 0, below: undefined }
for (let index = 0; index < 20_000; index++) {
  const below = chain
  const call = () => below
  chain = { call }
}
export default () => {
  let count = 0
  for (let at = chain; at.call() !== 0; at = at.call()) count++
  return count
}
