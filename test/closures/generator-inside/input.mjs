const k = 5
export default () => [
  ...(function* () {
    yield k
    yield* [1]
  })(),
]
