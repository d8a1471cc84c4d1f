let chain = () => 0
for (let i = 0; i < 3_000; i++) {
  const next = chain
  chain = i % 500 === 0 ? () => next() + 1 : () => next()
}
export default chain
