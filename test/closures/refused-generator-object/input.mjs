const running = (function* () {
  yield 1
})()
export default () => running.next()
