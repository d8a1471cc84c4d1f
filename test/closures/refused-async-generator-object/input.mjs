const stream = (async function* () {
  yield 1
})()
export default () => stream.next()
